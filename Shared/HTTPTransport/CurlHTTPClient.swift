import Logging
import Synchronization

/// HTTP over libcurl: one multi handle on one thread, connections reused, HTTP/2 where the server offers it, the
/// system's TLS and certificates.
///
/// *Guarantees*: redirects are not followed; only `http` and `https`; proxies of the environment are ignored; a request
/// that is not safe is never sent a second time by the client, not even when a reused connection turns out to be dead.
/// *Failure*: `HTTPTransportError`, classified by whether a byte of the request was sent.
/// *Cancellation*: takes effect at once and frees the connection.
/// *Threading*: callable from anywhere; answers are copied before they leave the client's thread.
public final class CurlHTTPClient: HTTPClient {
    private let mailbox: CurlMailbox
    private let loop: CurlThread

    public init(limits: HTTPLimits = HTTPLimits(), logger: Logger = Logger(label: "http-transport")) {
        let mailbox = CurlMailbox()
        self.mailbox = mailbox
        loop = CurlThread(mailbox: mailbox, limits: limits, logger: logger)
    }

    deinit {
        mailbox.close()
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await exchange(CurlRequestPlan(request, traceparent: OutboundTrace.traceparent))
    }

    func exchange(_ plan: CurlRequestPlan) async throws -> HTTPResponse {
        let id = CurlExchangeID.next()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                mailbox.submit(CurlSubmission(id: id, plan: plan, continuation: continuation))
                // WHY: a cancellation before the submission found nothing to cancel.
                if Task.isCancelled { mailbox.cancel(id) }
            }
        } onCancel: {
            mailbox.cancel(id)
        }
    }

    /// Ends the client: exchanges under way fail as `closed`, and later ones do at once. Returns when the thread ended.
    public func shutdown() async {
        mailbox.close()
        await loop.ended()
    }
}
