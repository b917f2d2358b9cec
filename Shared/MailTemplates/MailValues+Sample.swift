import Commerce

extension MailValues {
    /// For previews, and for trying what somebody has written.
    public static let sample = MailValues(
        [
            "customer_name": "Ana Ruiz", "order_number": "#1001", "return_number": "R-1001-1", "amount": "80.06",
            "currency": "USD", "carrier": "USPS", "tracking_number": "9400 1000 0000 0000 0000 00",
            "link": "https://example.com/returns/R-1001-1", "reason": "The item was bought more than 30 days ago.",
            "date": "2026-04-03", "shop_name": "Mienne", "attached": MailValues.yes,
        ], lines: [.init(title: "Robe, S", quantity: 1), .init(title: "Slip, M", quantity: 2)])
}
