import Commerce

/// From a shop's order to the canonical one. Pure; what the shop left out stays empty and shows in `problems`.
///
/// Amounts are the shop's own, in the shop's currency, digit for digit; what a customer paid in another is beside them. Units cancelled before they shipped are not
/// part of the order any more; a line of which nothing is left is left out.
extension CanonicalOrder {
    /// Reads the bare order JSON. Failure: `ShopifyPayloadError` naming the unreadable field.
    public init(shopifyJSON json: [UInt8]) throws(ShopifyPayloadError) {
        self.init(try ShopifyOrder(json: json))
    }

    public init(_ order: ShopifyOrder) {
        self.init(
            number: order.name ?? "",
            externalIDs: [ShopifySettings.provider: order.id.text],
            currency: order.currency ?? "",
            total: order.total?.text ?? "",
            customer: Customer(order),
            shippingAddress: order.shippingAddress.map(Address.init),
            lines: order.lines.compactMap { OrderLine($0, of: order) },
            shipping: order.shipping?.text ?? "0",
            tax: order.tax?.text ?? "0",
            discount: order.discount?.text ?? "0",
            orderedAt: (order.processedAt ?? order.createdAt).map(Timestamp.init(text:)),
            updatedAt: order.updatedAt.map(Timestamp.init(text:)),
            tags: order.tags, discountCodes: order.discountCodes.map { $0.compactMap(\.code) },
            presentment: order.presentment.map {
                Presentment(currency: $0.currency, total: $0.total?.text ?? "")
            })
    }
}

extension ShopifyOrder {
    fileprivate func cancelledUnits(of line: ShopifyID) -> Int {
        let refunded = refunds.flatMap { $0.lines ?? [] }
        let cancelled = refunded.filter { $0.lineItemID == line && $0.restockType == "cancel" }
        return cancelled.reduce(0) { $0 + $1.quantity }
    }
}

extension OrderLine {
    fileprivate init?(_ line: ShopifyLineItem, of order: ShopifyOrder) {
        let (ordered, cancelled) = (line.quantity ?? 0, order.cancelledUnits(of: line.id))
        guard cancelled == 0 || ordered > cancelled else { return nil }
        self.init(
            id: line.id.text, sku: line.sku ?? "", title: line.title ?? "", quantity: ordered - cancelled,
            unitPrice: line.price?.text ?? "", discount: line.discount.text, tax: line.tax.text,
            product: OrderedProduct(line), discountCodes: order.discountCodes(of: line))
    }
}

extension OrderedProduct {
    /// Nil where the line tells nothing of its product.
    fileprivate init?(_ line: ShopifyLineItem) {
        guard line.productID != nil || line.vendor != nil || line.isGiftCard != nil else { return nil }
        self.init(
            id: line.productID?.text, vendor: line.vendor, isGiftCard: line.isGiftCard,
            weightGrams: line.weightGrams)
    }
}

extension Customer {
    fileprivate init(_ order: ShopifyOrder) {
        let names = [order.customer?.firstName, order.customer?.lastName]
        self.init(
            email: order.email ?? order.customer?.email?.nonEmpty,
            name: String.joined(names) ?? order.shippingAddress.flatMap(\.fullName),
            phone: order.phone ?? order.customer?.phone?.nonEmpty ?? order.shippingAddress?.phone?.nonEmpty,
            externalID: order.customer?.id?.text, tags: order.customer?.tags?.all,
            locale: order.customerLocale.flatMap { LanguageTag($0)?.text })
    }
}

extension Address {
    fileprivate init(_ address: ShopifyAddress) {
        self.init(
            name: address.fullName, company: address.company?.nonEmpty,
            street1: address.address1?.nonEmpty, street2: address.address2?.nonEmpty, city: address.city?.nonEmpty,
            region: address.provinceCode?.nonEmpty ?? address.province?.nonEmpty,
            postalCode: address.zip?.nonEmpty, country: address.countryCode?.nonEmpty ?? address.country?.nonEmpty,
            phone: address.phone?.nonEmpty)
    }
}

extension ShopifyAddress {
    fileprivate var fullName: String? { name?.nonEmpty ?? String.joined([firstName, lastName]) }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }

    fileprivate static func joined(_ parts: [String?]) -> String? {
        parts.compactMap { $0?.nonEmpty }.joined(separator: " ").nonEmpty
    }
}
