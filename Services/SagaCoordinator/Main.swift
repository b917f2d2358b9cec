import Messaging
import SagaCoordinator
import ServiceKit

@main
enum Main {
    static func main() async {
        await ServiceBootstrap.run(name: ServiceName.sagaCoordinator.rawValue) { context in
            SagaCoordinatorService(context).services
        }
    }
}
