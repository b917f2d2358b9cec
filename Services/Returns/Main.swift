import Messaging
import ServiceKit

/// `returns`: the ledger of each order's money, its refunds, and the policies of returns.
@main
struct Main {
    static func main() async {
        await ServiceBootstrap.run(name: ServiceName.returns.rawValue) { context in
            ReturnsService(context).services
        }
    }
}
