extension ConditionVocabulary {
    static let product = [
        ConditionField(.product, "id", .code, ofLine: true, "The product's id at the shop.") {
            $0.product?.productID.map { .text($0) }
        },
        ConditionField(.product, "sku", .code, ofLine: true, "The line's SKU.") {
            $0.product.map { .text($0.sku) }
        },
        ConditionField(.product, "type", .text(choices: nil), ofLine: true, "The product's type.") {
            $0.product?.type.map { .text($0) }
        },
        ConditionField(.product, "vendor", .text(choices: nil), ofLine: true, "Who makes the product.") {
            $0.product?.vendor.map { .text($0) }
        },
        ConditionField(.product, "tags", .texts, ofLine: true, reference: .tag, "The product's tags.") {
            $0.product?.tags.map { .texts($0) }
        },
        ConditionField(.product, "collections", .texts, ofLine: true, "The collections the product is in.") {
            $0.product?.collections.map { .texts($0) }
        },
        ConditionField(
            .product, "discount_percent", .percent, ofLine: true,
            "The line's discount as a share of its price before it."
        ) {
            $0.product?.discountPercent.map { .number($0) }
        },
    ]
}
