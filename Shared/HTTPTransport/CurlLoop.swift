import CCurl
import Logging

/// The only code that touches the multi handle; lives on the client's thread.
final class CurlLoop {
    // WHY: a wait ends by a wake-up, by a socket or by one of curl's own timers; this is only an upper bound.
    private static let waitMilliseconds: Int32 = 60_000

    private let mailbox: CurlMailbox
    private let limits: HTTPLimits
    private let logger: Logger
    private let multi: UnsafeMutableRawPointer
    private var transfers: [CurlExchangeID: CurlTransfer] = [:]

    init(mailbox: CurlMailbox, limits: HTTPLimits, logger: Logger) {
        CurlLibrary.start()
        guard let multi = curl_multi_init() else { preconditionFailure("libcurl has no memory for its handle") }
        self.mailbox = mailbox
        self.limits = limits
        self.logger = logger
        self.multi = multi
        _ = ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limits.idleConnections)
    }

    func run() {
        mailbox.attach(multi)
        while step() {}
        mailbox.detach()
        failAll()
        curl_multi_cleanup(multi)
    }

    /// One turn; false once the client is closed.
    private func step() -> Bool {
        let work = mailbox.take()
        for submission in work.submissions { start(submission) }
        for id in work.cancellations { cancel(id) }
        guard !work.isClosed else { return false }
        var running: Int32 = 0
        check(curl_multi_perform(multi, &running))
        finishTransfers()
        check(curl_multi_poll(multi, nil, 0, Self.waitMilliseconds, nil))
        return true
    }

    private func start(_ submission: CurlSubmission) {
        guard transfers.count < limits.exchanges else {
            return submission.continuation.resume(throwing: HTTPTransportError.overloaded)
        }
        let transfer = CurlTransfer(submission, limits: limits)
        if let refusal = transfer.configure() {
            return transfer.finish(throwing: refusal)
        }
        check(curl_multi_add_handle(multi, transfer.easy))
        transfers[submission.id] = transfer
    }

    private func cancel(_ id: CurlExchangeID) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        curl_multi_remove_handle(multi, transfer.easy)
        transfer.finish(throwing: transfer.cancellation)
    }

    private func finishTransfers() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            let result = ccurl_message_result(message)
            guard let transfer = transfer(of: message.pointee.easy_handle) else { continue }
            transfers[transfer.id] = nil
            curl_multi_remove_handle(multi, transfer.easy)
            transfer.finish(result)
        }
    }

    private func transfer(of easy: UnsafeMutableRawPointer) -> CurlTransfer? {
        var context: UnsafeMutablePointer<CChar>?
        guard ccurl_get_pointer(easy, CURLINFO_PRIVATE, &context) == CURLE_OK, let context else { return nil }
        return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    }

    private func failAll() {
        for transfer in transfers.values {
            curl_multi_remove_handle(multi, transfer.easy)
            transfer.finish(throwing: transfer.closure)
        }
        transfers = [:]
        for submission in mailbox.take().submissions {
            submission.continuation.resume(throwing: HTTPTransportError.closed)
        }
    }

    private func check(_ code: CURLMcode) {
        guard code != CURLM_OK else { return }
        logger.error("libcurl refused a call", metadata: ["error_code": "\(code.rawValue)"])
    }
}

extension HTTPTransportError {
    static let overloaded = HTTPTransportError(
        code: .overloaded, message: "too many exchanges are under way", wasSent: false)
}
