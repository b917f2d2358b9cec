extension OrderLine {
    /// What is wrong with the line at this position of the order.
    func problems(at index: Int, in currency: String) -> [OrderProblem] {
        let field = "lines[\(index)]"
        let name = sku.isBlank ? "Line \(index + 1)" : "Line \(index + 1) (\(sku))"
        let found = [
            skuProblem(field: field, name: name),
            quantityProblem(field: field, name: name),
            OrderProblem.unitPrice(unitPrice, field: "\(field).unit_price", name: "\(name): the unit price"),
            OrderProblem.amount(discount, field: "\(field).discount", name: "\(name): the discount", in: currency),
            OrderProblem.amount(tax, field: "\(field).tax", name: "\(name): the tax", in: currency),
        ]
        return found.compactMap(\.self)
    }

    private func skuProblem(field: String, name: String) -> OrderProblem? {
        guard sku.isBlank else { return nil }
        return OrderProblem(
            .missingSKU, field: "\(field).sku",
            "\(name) has no SKU; give the product a SKU in the shop, or enter it here.")
    }

    private func quantityProblem(field: String, name: String) -> OrderProblem? {
        let field = "\(field).quantity"
        if let unreadableQuantity {
            let found = unreadableQuantity.isBlank ? "no quantity" : "quantity '\(unreadableQuantity)'"
            return OrderProblem(.badQuantity, field: field, "\(name) has \(found); correct it to a whole number.")
        }
        if quantity < 0 {
            return OrderProblem(
                .negativeQuantity, field: field,
                "\(name) has quantity \(quantity); correct it to what the customer ordered.")
        }
        if quantity == 0 {
            return OrderProblem(
                .badQuantity, field: field, "\(name) has quantity 0; correct it, or remove the line.")
        }
        return nil
    }
}
