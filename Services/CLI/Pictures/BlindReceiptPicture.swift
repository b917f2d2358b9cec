import Commerce

/// Goods that no return awaited, as a person looks at them.
enum BlindReceiptPicture {
    static func lines(_ receipt: JSONValue, _ style: Style) -> [String] {
        let status = receipt["status"]?.text ?? "-"
        let head = "\(style(text(receipt, "id"), .strong))  \(style(status, Tone(status: status)))  "
        var lines = [head + text(receipt, "kind"), "  \(style("goods", .quiet))  \(goods(receipt["goods"]))"]
        for (heading, member) in facts where receipt[member]?.text != nil {
            lines.append("  \(style(heading, .quiet))  \(text(receipt, member))")
        }
        return lines
    }

    private static let facts = [
        ("number", "number"), ("order there", "original_order_number"), ("order", "order_id"),
        ("came with", "came_with"), ("return", "return_id"), ("reason", "reason"), ("by", "decided_by"),
    ]

    /// `2 × MIE-ROBE-S (A), 1 × HAT`.
    static func goods(_ goods: JSONValue?) -> String {
        guard case .array(let goods)? = goods, !goods.isEmpty else { return "not told yet" }
        return SafeText.line(
            goods.map { one in
                let condition = one["condition"]?.text.map { " (\($0))" } ?? ""
                return "\(one["quantity"]?.text ?? "?") × \(one["sku"]?.text ?? "?")\(condition)"
            }.joined(separator: ", "))
    }

    private static func text(_ receipt: JSONValue, _ member: String) -> String {
        SafeText.line(receipt[member]?.text ?? "-")
    }
}
