import Messaging
import ServiceKit

/// `tracking`: what the warehouse ships, where it is, and who has to be told.
@main
struct Main {
    static func main() async {
        await ServiceBootstrap.run(name: ServiceName.tracking.rawValue) { context in
            TrackingService(context).services
        }
    }
}
