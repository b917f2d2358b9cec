import Commerce
import Contracts
import Messaging
import Sagas

extension SagaContext {
    /// Puts what is sold again back into the shop's stock, once what the return comes to is with the customer.
    func restock(_ goods: ReturnID) throws {
        guard try patched("goods-are-restocked") else { return }
        // WHY: a shop that is away holds up neither books nor customer; the goods are in its stock once it is back.
        _ = try attempt(RestockReturn(returnID: goods), within: .minutes(10))
    }
}
