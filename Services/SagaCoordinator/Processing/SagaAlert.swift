import Commerce
import Contracts
import Messaging

extension SendSlackAlert.Alert {
    /// Nil for news that no operator has to act on.
    init?(_ news: SagaUpdated) {
        guard news.status == "stuck" || news.status == "diverged" else { return nil }
        self.init(
            key: "saga_\(news.status)/\(news.name)", title: "A saga is \(news.status)",
            text: news.error?.message ?? "An operator has to look at it.",
            fields: ["saga": news.sagaID.description, "name": news.name, "key": news.key],
            next: ["stateset sagas show \(news.sagaID)"])
    }
}
