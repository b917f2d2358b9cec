/// The transactions the account keeps.
enum NetSuiteRecordType: String, Sendable, CaseIterable {
    case salesOrder, itemFulfillment, cashSale, purchaseOrder, itemReceipt, returnAuthorization, creditMemo, cashRefund

    /// As `transaction.type` in SuiteQL.
    var code: String {
        switch self {
        case .salesOrder: "SalesOrd"
        case .itemFulfillment: "ItemShip"
        case .cashSale: "CashSale"
        case .purchaseOrder: "PurchOrd"
        case .itemReceipt: "ItemRcpt"
        case .returnAuthorization: "RtnAuth"
        case .creditMemo: "CustCred"
        case .cashRefund: "CashRfnd"
        }
    }

    var numberPrefix: String {
        switch self {
        case .salesOrder: "SO"
        case .itemFulfillment: "IF"
        case .cashSale: "CS"
        case .purchaseOrder: "PO"
        case .itemReceipt: "IR"
        case .returnAuthorization: "RA"
        case .creditMemo: "CM"
        case .cashRefund: "CR"
        }
    }

    /// The collection's name in the state document.
    var collection: String { "\(rawValue)s" }

    /// Whether its lines take stock away, which SuiteQL shows as a negative quantity.
    var takesStock: Bool {
        switch self {
        case .salesOrder, .itemFulfillment, .cashSale: true
        case .purchaseOrder, .itemReceipt, .returnAuthorization, .creditMemo, .cashRefund: false
        }
    }

    func statusName(_ letter: String) -> String { Self.statusNames[code]?[letter] ?? letter }

    private static let statusNames: [String: [String: String]] = [
        "SalesOrd": [
            "A": "Pending Approval", "B": "Pending Fulfillment", "C": "Cancelled", "D": "Partially Fulfilled",
            "E": "Pending Billing/Partially Fulfilled", "F": "Pending Billing", "G": "Billed", "H": "Closed",
        ],
        "PurchOrd": [
            "A": "Pending Supervisor Approval", "B": "Pending Receipt", "C": "Rejected", "D": "Partially Received",
            "E": "Pending Billing/Partially Received", "F": "Pending Bill", "G": "Fully Billed", "H": "Closed",
        ],
        "ItemShip": ["A": "Picked", "B": "Packed", "C": "Shipped"],
        "RtnAuth": [
            "A": "Pending Approval", "B": "Pending Receipt", "C": "Cancelled", "D": "Partially Received",
            "E": "Pending Refund/Partially Received", "F": "Pending Refund", "G": "Refunded", "H": "Closed",
        ],
        "CashSale": ["A": "Unapproved Payment", "B": "Not Deposited", "C": "Deposited"],
        "CustCred": ["A": "Open", "B": "Fully Applied"],
        "CashRfnd": ["A": "Posted"],
        "ItemRcpt": ["A": "Received"],
    ]
}
