import Messaging
import ServiceKit

/// `order-ingest`: shop orders become canonical orders, and those become sales orders in the ERP.
@main
struct Main {
    static func main() async {
        await ServiceBootstrap.run(name: ServiceName.orderIngest.rawValue) { context in
            OrderIngestService(context).services
        }
    }
}
