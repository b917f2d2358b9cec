import Messaging
import ServiceKit

@main
enum Main {
    static func main() async {
        await ServiceBootstrap.run(name: ServiceName.api.rawValue) { context in
            try APIService(context).services
        }
    }
}
