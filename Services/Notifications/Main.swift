import Messaging
import ServiceKit

/// `notifications`: outgoing webhooks, e-mails, alerts.
@main
struct Main {
    static func main() async {
        await ServiceBootstrap.run(name: ServiceName.notifications.rawValue) { context in
            NotificationsService(context).services
        }
    }
}
