import Messaging
import ServiceKit

@main
enum Main {
    static func main() async {
        await ServiceBootstrap.run(name: ServiceName.ingestGateway.rawValue) { context in
            try IngestGatewayService(context).services
        }
    }
}
