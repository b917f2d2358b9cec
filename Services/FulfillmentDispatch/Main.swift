import Messaging
import ServiceKit

/// `fulfillment-dispatch`: sales orders go to the warehouse, and come back from it.
@main
struct Main {
    static func main() async {
        await ServiceBootstrap.run(name: ServiceName.fulfillmentDispatch.rawValue) { context in
            FulfillmentDispatchService(context).services
        }
    }
}
