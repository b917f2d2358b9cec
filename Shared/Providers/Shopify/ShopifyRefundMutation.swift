import Commerce
import Foundation

/// `refundCreate`, with our reference as its idempotency key where the version takes one.
struct ShopifyRefundMutation {
    // LIMIT: what the shop charges for one mutation.
    static let cost = 10.0

    let query: String
    let variables: JSONValue

    init(_ draft: ShopifyRefundDraft, isIdempotent: Bool) {
        let key = isIdempotent ? (",$key:String!", " @idempotent(key:$key)") : ("", "")
        query = "mutation($input:RefundInput!\(key.0)){refundCreate(input:$input)\(key.1){\(Self.selection)}}"
        var variables: [String: JSONValue] = ["input": Self.input(draft)]
        if isIdempotent { variables["key"] = .string(draft.reference) }
        self.variables = .object(variables)
    }

    private static let selection =
        "refund{id note transactions(first:50){nodes{\(ShopifyTransactionNode.selection)}}} userErrors{field message}"

    private static func input(_ draft: ShopifyRefundDraft) -> JSONValue {
        var input: [String: JSONValue] = [
            "orderId": .string(draft.order.gid("Order")), "currency": .string(draft.currency),
            "note": .string(draft.markedNote), "notify": .bool(draft.notifyCustomer),
            "refundLineItems": .array(draft.lines.map(line)),
            "transactions": .array(draft.payments.map { payment($0, of: draft.order) }),
        ]
        switch draft.shipping {
        case .full: input["shipping"] = ["fullRefund": true]
        case .amount(let amount): input["shipping"] = ["amount": .string(amount.text)]
        case nil: break
        }
        if !draft.duties.isEmpty { input["refundDuties"] = .array(draft.duties.map(duty)) }
        if let credit = draft.storeCredit { input["refundMethods"] = [method(credit, draft.currency)] }
        return .object(input)
    }

    private static func line(_ line: ShopifyRefundDraft.Line) -> JSONValue {
        var members: [String: JSONValue] = [
            "lineItemId": .string(line.lineItemID.gid("LineItem")), "quantity": .number(.init(line.quantity)),
        ]
        switch line.restock {
        case .none: members["restockType"] = "NO_RESTOCK"
        case .cancel(let location):
            members["restockType"] = "CANCEL"
            members["locationId"] = .string(location.gid("Location"))
        case .restock(let location):
            members["restockType"] = "RETURN"
            members["locationId"] = .string(location.gid("Location"))
        }
        return .object(members)
    }

    private static func payment(_ payment: ShopifyRefundDraft.Payment, of order: ShopifyID) -> JSONValue {
        [
            "orderId": .string(order.gid("Order")), "parentId": .string(payment.parentID.gid("OrderTransaction")),
            "kind": "REFUND", "gateway": .string(payment.gateway), "amount": .string(payment.amount.text),
        ]
    }

    private static func duty(_ duty: ShopifyRefundDraft.Duty) -> JSONValue {
        ["dutyId": .string(duty.id.gid("Duty")), "refundType": duty.isFull ? "FULL" : "PROPORTIONAL"]
    }

    private static func method(_ credit: ShopifyRefundDraft.StoreCredit, _ currency: String) -> JSONValue {
        var refund: [String: JSONValue] = [
            "amount": ["amount": .string(credit.amount.text), "currencyCode": .string(currency)]
        ]
        if let expiresAt = credit.expiresAt { refund["expiresAt"] = .string(expiresAt) }
        return ["storeCreditRefund": .object(refund)]
    }

    /// What the shop's refusal means. An error about the key of another sending leaves open whether that one acted.
    static func failure(_ error: ShopifyUserError) -> ProviderFailure {
        let isInProgress =
            error.code == "IDEMPOTENCY_CONCURRENT_REQUEST" || error.message.contains("currently in progress")
        if isInProgress {
            return .unknownOutcome(code: "idempotency_concurrent_request", message: error.message)
        }
        return .refused(code: error.code?.lowercased() ?? "user_error", message: error.message)
    }
}
