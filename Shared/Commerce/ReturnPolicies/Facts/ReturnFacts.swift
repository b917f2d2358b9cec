import Foundation

/// Everything a policy is judged by. What is nil is not known, which is not the same as none.
public struct ReturnFacts: Hashable, Sendable {
    /// The moment the return is asked for.
    public var now: Date
    public var customer: CustomerReturnFacts
    public var order: OrderReturnFacts
    public var request: ReturnRequestFacts

    public init(
        now: Date, customer: CustomerReturnFacts = CustomerReturnFacts(), order: OrderReturnFacts,
        request: ReturnRequestFacts
    ) {
        self.now = now
        self.customer = customer
        self.order = order
        self.request = request
    }
}
