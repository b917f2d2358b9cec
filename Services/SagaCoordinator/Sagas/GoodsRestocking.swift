import Commerce
import Contracts
import Messaging
import Sagas

extension SagaContext {
    /// Puts what is sold again back into the shop's stock, once what the return comes to is with the customer.
    func restock(_ goods: ReturnID) throws {
        guard try patched("goods-are-restocked") else { return }
        try putIntoStock(goods)
    }

    /// The same once a refund in the place of one that failed later has gone back.
    ///
    /// WHY: the first time is refused where the money has failed before the shop was asked, as while it was away. Where
    /// it was not, it stands: nothing is added twice.
    func restockAgain(_ goods: ReturnID) throws {
        // An older build left the goods to people.
        guard try patched("goods-are-restocked"), try patched("later-refund-restocks") else { return }
        try putIntoStock(goods)
    }

    private func putIntoStock(_ goods: ReturnID) throws {
        // WHY: a shop that is away holds up neither books nor customer; the goods are in its stock once it is back.
        _ = try attempt(RestockReturn(returnID: goods), within: .minutes(10))
    }
}
