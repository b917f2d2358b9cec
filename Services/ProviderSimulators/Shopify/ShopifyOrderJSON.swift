import Foundation

extension ShopifyOrder {
    /// The shop's own time zone, in which it writes every moment.
    static let zone = TimeZone(identifier: "America/New_York") ?? .gmt

    static func moment(_ date: Date?) -> JSON { .text(date.map { Timestamps.offset($0, in: zone) }) }

    /// The bare order, as webhooks carry it.
    func json() -> JSON {
        .object(head().merging(people()).merging(amounts()).merging(contents()))
    }

    private func head() -> JSONObject {
        JSONObject([
            ("id", .int(id)),
            ("admin_graphql_api_id", .string("gid://shopify/Order/\(id)")),
            ("name", .string(name)),
            ("number", .int(number - 1000)),
            ("order_number", .int(number)),
            ("created_at", Self.moment(createdAt)),
            ("updated_at", Self.moment(updatedAt)),
            ("processed_at", Self.moment(createdAt)),
            ("closed_at", Self.moment(closedAt)),
            ("cancelled_at", Self.moment(cancelledAt)),
            ("cancel_reason", .text(cancelReason)),
            ("confirmed", true),
            ("test", false),
            ("currency", .string(money.ofShop.currency)),
            ("presentment_currency", .string(money.currency)),
            ("financial_status", .string(financialStatus)),
            ("fulfillment_status", .text(fulfillmentStatus)),
            ("payment_gateway_names", .array(gateways.map(JSON.string))),
            ("tags", .string(tags.joined(separator: ", "))),
            ("note", .text(note)),
            ("note_attributes", .array(noteAttributes)),
        ])
    }

    private func people() -> JSONObject {
        JSONObject([
            ("email", .text(email)),
            ("contact_email", .text(email)),
            ("phone", .text(phone)),
            ("customer_locale", customerLocale),
            ("customer", customer),
            ("shipping_address", shippingAddress),
            ("billing_address", billingAddress),
        ])
    }

    private func amounts() -> JSONObject {
        let shop = ofShop
        let (own, left) = (shop.money, shop.current())
        let outstanding = current().total - captured + refundedMoney
        return JSONObject([
            ("taxes_included", .bool(taxesIncluded)),
            ("total_weight", .int(lines.reduce(0) { $0 + 200 * max(0, $1.quantity) })),
            ("subtotal_price", own.json(shop.subtotal)),
            ("total_discounts", own.json(shop.discountInAll)),
            ("total_line_items_price", own.json(shop.itemsTotal)),
            ("total_tax", own.json(shop.taxTotal)),
            ("total_price", own.json(shop.total)),
            ("total_outstanding", money.plain(max(0, outstanding))),
            ("current_subtotal_price", own.json(left.subtotal)),
            ("current_total_price", own.json(left.total)),
            ("current_total_tax", own.json(left.tax)),
            ("current_total_discounts", own.json(left.discount + shop.shippingDiscount)),
            ("total_price_set", money.set(total, shop: shop.total)),
            ("subtotal_price_set", money.set(subtotal, shop: shop.subtotal)),
            ("total_tax_set", money.set(taxTotal, shop: shop.taxTotal)),
            ("total_discounts_set", money.set(discountInAll, shop: shop.discountInAll)),
            ("total_shipping_price_set", money.set(shipping)),
        ])
    }

    private func contents() -> JSONObject {
        JSONObject([
            ("line_items", .array(lines.map { $0.json(money, cancelledOrder: cancelledAt != nil) })),
            ("shipping_lines", shippingLines()),
            ("discount_codes", discountCodes()),
            ("discount_applications", discountApplications()),
            ("tax_lines", taxLines()),
            ("fulfillments", .array(fulfillments.map { $0.json(self) })),
            ("refunds", .array(refunds.map { $0.json(self) })),
        ])
    }

    /// The order in the currency of the shop, whose sums are those of its parts.
    var ofShop: ShopifyOrder {
        guard money.shop != nil else { return self }
        var order = self
        order.money = money.ofShop
        order.shipping = money.inShop(shipping)
        order.shippingDiscount = money.inShop(shippingDiscount)
        order.shippingTax = money.inShop(shippingTax)
        order.shippingRefunded = money.inShop(shippingRefunded)
        for index in lines.indices {
            order.lines[index].price = money.inShop(lines[index].price)
            order.lines[index].discount = money.inShop(lines[index].discount)
            order.lines[index].tax = money.inShop(lines[index].tax)
        }
        return order
    }

    /// The totals without what was taken back.
    private func current() -> (subtotal: Decimal, tax: Decimal, discount: Decimal, total: Decimal) {
        var (subtotal, tax, discount) = (subtotal, taxTotal - shippingTax(upTo: shippingRefunded), discountTotal)
        for line in lines {
            subtotal -= line.share(of: line.net, firstUnits: line.refunded, money)
            tax -= line.share(of: line.tax, firstUnits: line.refunded, money)
            discount -= line.share(of: line.discount, firstUnits: line.refunded, money)
        }
        return (subtotal, tax, discount, subtotal + shippingCharged - shippingRefunded + (taxesIncluded ? 0 : tax))
    }

    private var gateways: [String] {
        transactions.reduce(into: []) { names, transaction in
            if !names.contains(transaction.gateway) { names.append(transaction.gateway) }
        }
    }

    private func shippingLines() -> JSON {
        guard shippingLineID > 0 else { return [] }
        return [
            [
                "id": .int(shippingLineID), "code": "STANDARD", "title": "Standard", "price": money.plain(shipping),
                // A code discounts the order, and this price leaves such discounts out.
                "discounted_price": money.plain(shipping), "discounted_price_set": money.set(shipping),
                "price_set": money.set(shipping), "source": "shopify",
                "tax_lines": .array(shippingTaxLines()), "discount_allocations": shippingAllocations(),
                "carrier_identifier": nil,
            ]
        ]
    }

    private func shippingAllocations() -> JSON {
        guard shippingDiscount != 0 else { return [] }
        return [
            [
                "amount": money.plain(shippingDiscount), "amount_set": money.set(shippingDiscount),
                "discount_application_index": .int(discountTotal == 0 ? 0 : 1),
            ]
        ]
    }

    private func shippingTaxLines() -> [JSON] {
        guard shippingTaxRate != 0 else { return [] }
        return [
            [
                "title": "Shipping Tax", "price": money.plain(shippingTax), "rate": .decimal(shippingTaxRate),
                "price_set": money.set(shippingTax), "channel_liable": false,
            ]
        ]
    }

    private func discountCodes() -> JSON {
        guard let discountCode else { return [] }
        return [
            [
                "code": .string(discountCode), "amount": money.ofShop.json(ofShop.discountInAll),
                "type": discountTotal == 0 ? "shipping" : "fixed_amount",
            ]
        ]
    }

    private func discountApplications() -> JSON {
        guard let discountCode else { return [] }
        let shop = ofShop
        var applications: [JSON] = []
        if discountTotal != 0 {
            applications.append(application(discountCode, "line_item", "across", shop.discountTotal))
        }
        if shippingDiscount != 0 {
            applications.append(application(discountCode, "shipping_line", "each", shop.shippingDiscount))
        }
        return .array(applications)
    }

    private func application(_ code: String, _ target: String, _ method: String, _ amount: Decimal) -> JSON {
        [
            "target_type": .string(target), "type": "discount_code", "value": .string(amount.fixed(1)),
            "value_type": "fixed_amount", "allocation_method": .string(method), "target_selection": "all",
            "code": .string(code),
        ]
    }

    private func taxLines() -> JSON {
        var taxes = shippingTaxLines()
        if taxRate != 0 {
            let tax = money.ofShop.json(ofShop.linesTax)
            taxes.insert(["title": "Sales Tax", "price": tax, "rate": .decimal(taxRate)], at: 0)
        }
        return .array(taxes)
    }
}

extension ShopifyOrder.Transaction {
    func json(_ order: ShopifyOrder) -> JSON {
        [
            "id": .int(id), "admin_graphql_api_id": .string("gid://shopify/OrderTransaction/\(id)"),
            "order_id": .int(order.id), "kind": .string(kind), "gateway": .string(gateway),
            "authorization": .text(authorization), "status": .string(status), "message": .string(Self.message(status)),
            "created_at": ShopifyOrder.moment(createdAt), "processed_at": ShopifyOrder.moment(createdAt), "test": false,
            "parent_id": parentID.map(JSON.int) ?? .null, "amount": order.money.json(amount),
            "currency": .string(order.money.currency),
            "error_code": status == "failure" ? "processing_error" : .null,
        ]
    }

    private static func message(_ status: String) -> String {
        switch status {
        case "success": "Transaction approved"
        case "pending": "Transaction pending"
        default: "Transaction declined"
        }
    }
}
