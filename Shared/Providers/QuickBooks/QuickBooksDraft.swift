import Commerce
import Foundation

/// A refund to enter into the books.
public struct QuickBooksDraft: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Money given back.
        case refundReceipt = "RefundReceipt"
        /// Credit in the store; needs a customer.
        case creditMemo = "CreditMemo"
    }

    public struct Line: Sendable, Equatable {
        public var description: String
        public var quantity: Int
        /// Of all units, without tax. Negative for what is kept back, such as a fee.
        public var amount: Money
        /// Nil for the settings' item.
        public var itemID: String?

        public init(description: String, quantity: Int, amount: Money, itemID: String? = nil) {
            self.description = description
            self.quantity = quantity
            self.amount = amount
            self.itemID = itemID
        }
    }

    public var kind: Kind
    /// Unique in the company: what it is found again by. At most 21 characters.
    public var docNumber: String
    /// Names the intent for ever; at most 48 characters.
    public var requestID: String
    /// `YYYY-MM-DD`.
    public var date: String?
    /// Nil for the settings' customer.
    public var customerID: String?
    public var lines: [Line]
    public var tax: Money?
    /// What the customer may read.
    public var memo: String?
    /// What accountants read, e.g. the numbers of return, order and refund elsewhere.
    public var privateNote: String?
    /// The payment provider's id of the refund.
    public var paymentReference: String?

    public init(
        kind: Kind = .refundReceipt, docNumber: String, requestID: String, date: String? = nil,
        customerID: String? = nil, lines: [Line], tax: Money? = nil, memo: String? = nil, privateNote: String? = nil,
        paymentReference: String? = nil
    ) {
        self.kind = kind
        self.docNumber = docNumber
        self.requestID = requestID
        self.date = date
        self.customerID = customerID
        self.lines = lines
        self.tax = tax
        self.memo = memo
        self.privateNote = privateNote
        self.paymentReference = paymentReference
    }
}

extension QuickBooksDraft {
    // LIMIT: Intuit's own bounds; a request id keeps two characters for its generation.
    private static let docNumberMax = 21
    private static let requestIDMax = 48

    /// Failure: `refused` that names what Intuit would not take.
    func check(_ settings: QuickBooksSettings) throws(ProviderFailure) {
        func refuse(_ code: String, _ message: String) -> ProviderFailure { .refused(code: code, message: message) }
        guard (1...Self.docNumberMax).contains(docNumber.count) else {
            throw refuse("doc_number", "A document number has 1 to \(Self.docNumberMax) characters.")
        }
        guard (1...Self.requestIDMax).contains(requestID.count) else {
            throw refuse("request_id", "A request id has 1 to \(Self.requestIDMax) characters.")
        }
        guard let first = lines.first else { throw refuse("lines", "A refund has at least one line.") }
        guard lines.allSatisfy({ $0.quantity > 0 && $0.amount.currency == first.amount.currency }),
            tax.map({ $0.currency == first.amount.currency }) ?? true
        else { throw refuse("lines", "Lines have units, and all amounts one currency.") }
        guard kind != .creditMemo || customerID ?? settings.defaultCustomerID != nil else {
            throw refuse("customer", "A credit memo needs a customer, and there is no setting default_customer_id.")
        }
    }

    func body(_ settings: QuickBooksSettings) -> JSONValue {
        var members: [String: JSONValue] = [
            "DocNumber": .string(docNumber), "Line": .array(numbered(settings)), "GlobalTaxCalculation": "TaxExcluded",
        ]
        members["TxnDate"] = date.map(JSONValue.string)
        members["CurrencyRef"] = lines.first.map { Self.reference($0.amount.currency.code) }
        members["CustomerRef"] = (customerID ?? settings.defaultCustomerID).map(Self.reference)
        members["CustomerMemo"] = memo.map(Self.reference)
        members["PrivateNote"] = privateNote.map(JSONValue.string)
        members["PaymentRefNum"] = paymentReference.map { .string(String($0.prefix(Self.docNumberMax))) }
        members["TxnTaxDetail"] = tax.map { ["TotalTax": Self.number($0.decimalString)] }
        if kind == .refundReceipt {
            members["DepositToAccountRef"] = Self.reference(settings.depositAccountID)
            members["PaymentMethodRef"] = settings.paymentMethodID.map(Self.reference)
        }
        return .object(members)
    }

    private func numbered(_ settings: QuickBooksSettings) -> [JSONValue] {
        lines.enumerated().map { index, line in
            let amount = Self.number(line.amount.decimalString)
            var detail: [String: JSONValue] = [
                "ItemRef": Self.reference(line.itemID ?? settings.refundItemID),
                "Qty": .number(Decimal(line.quantity)), "UnitPrice": line.unitPrice,
            ]
            detail["TaxCodeRef"] = settings.taxCodeID.map(Self.reference)
            return [
                "LineNum": .number(Decimal(index + 1)), "Description": .string(line.description), "Amount": amount,
                "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": .object(detail),
            ]
        }
    }

    private static func reference(_ id: String) -> JSONValue { ["value": .string(id)] }
    fileprivate static func number(_ text: String) -> JSONValue { .number(DecimalText(text).decimal ?? 0) }
}

extension QuickBooksDraft.Line {
    // LIMIT: the digits that Intuit takes after the point of a unit price.
    private static let priceDigits = 7

    /// Such that the units come to the amount again once they are rounded to cents.
    fileprivate var unitPrice: JSONValue {
        guard let amount = DecimalText(amount.decimalString).decimal else { return .number(0) }
        var exact = amount / Decimal(quantity)
        var price = Decimal()
        NSDecimalRound(&price, &exact, Self.priceDigits, .plain)
        return .number(price)
    }
}
