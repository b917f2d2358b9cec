import Commerce
import Contracts
import Messaging

func sagaNews(
    _ order: OrderID, _ status: String, business: OrderStatus? = nil, run: Int = 1, version: Int = 1,
    error: Refusal? = nil
) -> SagaUpdated {
    SagaUpdated(
        sagaID: SagaID(), name: "order-fulfillment", key: "\(order)", run: run, version: version, status: status,
        businessStatus: business?.rawValue, error: error)
}
