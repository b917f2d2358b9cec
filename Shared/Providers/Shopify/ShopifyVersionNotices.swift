import HTTPTransport
import Logging
import Synchronization

/// Says once per client, in the log, that the shop answered in another version or that a call is deprecated.
final class ShopifyVersionNotices: Sendable {
    private let logger: Logger
    private let said = Mutex<Set<String>>([])

    init(logger: Logger) {
        self.logger = logger
    }

    func note(_ response: HTTPResponse, requested: String) {
        if let served = response.header("X-Shopify-API-Version"), served != requested, isNew("version \(served)") {
            logger.warning(
                "the shop answered in another API version than requested",
                metadata: ["requested": "\(requested)", "served": "\(served)"])
        }
        if let reason = response.header("X-Shopify-API-Deprecated-Reason"), isNew("deprecated \(reason)") {
            logger.warning("a call uses something the shop deprecates", metadata: ["reason": "\(reason)"])
        }
    }

    private func isNew(_ notice: String) -> Bool {
        said.withLock { $0.insert(notice).inserted }
    }
}
