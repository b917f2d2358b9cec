import Commerce
import Contracts
import Messaging

extension SendSlackAlert.Alert {
    /// Nil for news that no operator has to act on.
    init?(_ news: SagaUpdated) {
        guard news.status == "stuck" || news.status == "diverged" else { return nil }
        self.init(
            key: "saga_\(news.status)/\(news.name)", title: "A process is \(news.status)",
            text: news.error?.message ?? "An operator has to look at it.",
            fields: ["Process": news.name, "Key": news.key, "Saga": news.sagaID.description])
    }
}
