import Foundation

/// The rules that a document must keep.
extension QuickBooksSimulator {
    private static let members: Set<String> = [
        "DocNumber", "TxnDate", "PrivateNote", "CurrencyRef", "ExchangeRate", "CustomerRef", "CustomerMemo",
        "DepositToAccountRef", "PaymentMethodRef", "PaymentRefNum", "GlobalTaxCalculation", "Line", "TxnTaxDetail",
        "BillAddr", "ShipAddr", "BillEmail", "ClassRef", "DepartmentRef", "PrintStatus", "EmailStatus", "InvoiceRef",
        "ApplyTaxAfterDiscount", "Id", "SyncToken", "sparse", "LinkedTxn",
    ]
    // The provider's own bound.
    private static let docNumberMax = 21

    /// Checks a document as it would stand in the books, and reckons its total.
    func total(of object: JSONObject, _ kind: QuickBooksDocument.Kind, except id: Int? = nil) throws -> Decimal {
        let fields = StrictFields(object: object, refuse: Refusal.quickBooks(field:_:))
        try fields.allow(Self.members)
        try checkNumber(fields, kind, except: id)
        for name in ["TxnDate", "PrivateNote", "PaymentRefNum"] { _ = try fields.text(name) }
        _ = try fields.choice("GlobalTaxCalculation", of: ["TaxExcluded", "TaxInclusive", "NotApplicable"])
        try checkReferences(fields, kind)
        let lines = try fields.list("Line")
        guard !lines.isEmpty else { throw Refusal.quickBooks(field: "Line", .missing) }
        let amounts = try lines.map(amount)
        let tax = try fields.nested("TxnTaxDetail")?.number("TotalTax") ?? 0
        let total = amounts.reduce(0, +) + tax
        guard total >= 0 else { throw Refusal.quickBooksRule("Transaction amount must be 0 or greater") }
        return total
    }

    private func checkNumber(_ fields: StrictFields, _ kind: QuickBooksDocument.Kind, except id: Int?) throws {
        guard let number = try fields.text("DocNumber", max: Self.docNumberMax) else { return }
        guard !documents.values.contains(where: { $0.kind == kind && $0.docNumber == number && $0.id != id }) else {
            throw Refusal.quickBooks(
                400, "6140", "Duplicate Document Number Error",
                "Duplicate Document Number Error : You must specify a different number. This number has already been "
                    + "used. DocNumber=\(number)")
        }
    }

    private func checkReferences(_ fields: StrictFields, _ kind: QuickBooksDocument.Kind) throws {
        if let id = try reference("CustomerRef", fields) {
            guard customers.contains(where: { $0["Id"].string == id }) else {
                throw Refusal.quickBooksReference("CustomerRef", id)
            }
        } else if kind == .creditMemo {
            throw Refusal.quickBooks(field: "CustomerRef", .missing)
        }
        if let id = try reference("PaymentMethodRef", fields), !["1", "2", "3", "4"].contains(id) {
            throw Refusal.quickBooksReference("PaymentMethodRef", id)
        }
        _ = try reference("CurrencyRef", fields)
        guard kind == .refundReceipt else { return }
        guard let account = try reference("DepositToAccountRef", fields) else {
            throw Refusal.quickBooks(field: "DepositToAccountRef", .missing)
        }
        guard let type = Self.accounts[account] else {
            throw Refusal.quickBooksReference("DepositToAccountRef", account)
        }
        guard type == "Bank" else { throw Refusal.quickBooksRule("DepositToAccountRef must be a bank account") }
    }

    private func reference(_ name: String, _ fields: StrictFields) throws -> String? {
        try fields.nested(name).map { try $0.requiredText("value") }
    }

    /// Of one line; quantity times unit price, rounded to cents, must be its amount.
    private func amount(_ line: StrictFields) throws -> Decimal {
        try line.allow(["Id", "LineNum", "Description", "Amount", "DetailType", "SalesItemLineDetail"])
        guard try line.requiredText("DetailType") == "SalesItemLineDetail" else {
            throw Refusal.quickBooksRule("\(line.path)DetailType must be SalesItemLineDetail")
        }
        guard let amount = try line.number("Amount") else {
            throw Refusal.quickBooks(field: "\(line.path)Amount", .missing)
        }
        guard amount == amount.rounded(to: 2) else {
            throw Refusal.quickBooksRule("\(line.path)Amount has at most 2 decimals")
        }
        let detail = try line.requiredNested("SalesItemLineDetail")
        try detail.allow(["ItemRef", "Qty", "UnitPrice", "TaxCodeRef", "ServiceDate", "ClassRef"])
        guard let item = try reference("ItemRef", detail) else {
            throw Refusal.quickBooks(field: "\(detail.path)ItemRef", .missing)
        }
        guard Self.items[item] != nil else { throw Refusal.quickBooksReference("ItemRef", item) }
        if let quantity = try detail.number("Qty"), let price = try detail.number("UnitPrice") {
            guard price == price.rounded(to: 7) else {
                throw Refusal.quickBooksRule("\(detail.path)UnitPrice has at most 7 decimals")
            }
            guard (quantity * price).rounded(to: 2) == amount else {
                throw Refusal.quickBooksRule("Amount is not equal to UnitPrice * Qty.", code: "6070")
            }
        }
        return amount
    }

    static let accounts = ["35": "Bank", "36": "Bank", "79": "Income"]
    static let items = ["11": "Silk robe", "12": "Silk slip", "13": "Refunds", "14": "Restocking fee"]
}
