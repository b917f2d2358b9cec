/// No whole answer came; `wasSent` says whether the server may have acted all the same.
public struct HTTPTransportError: Error, Sendable, Equatable {
    public enum Code: String, Sendable {
        /// The name of the server has no address.
        case resolve
        case connect
        /// The handshake failed or the certificate was not accepted.
        case tls
        case timeout
        /// The connection broke, or what came over it was not HTTP.
        case connectionLost = "connection_lost"
        /// A mail server refuses whoever comes, before it is told of a mail.
        case noService = "no_service"
        /// The answer is larger than the client takes.
        case tooLarge = "too_large"
        case cancelled
        case invalidURL = "invalid_url"
        /// The method or a header cannot be sent as it is.
        case invalidRequest = "invalid_request"
        /// The client has as many exchanges under way as it takes.
        case overloaded
        /// The client was shut down.
        case closed
    }

    public let code: Code
    /// What went wrong; holds no header, no body and no query of the request.
    public let message: String
    /// False: certainly no byte of the request reached the server, so sending it again has no second effect.
    public let wasSent: Bool

    public init(code: Code, message: String, wasSent: Bool) {
        self.code = code
        self.message = message
        self.wasSent = wasSent
    }
}

extension HTTPTransportError: CustomStringConvertible {
    public var description: String {
        "\(code.rawValue): \(message) (\(wasSent ? "the request was sent" : "nothing was sent"))"
    }
}
