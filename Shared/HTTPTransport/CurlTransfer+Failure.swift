import CCurl

/// The one table from libcurl's codes to ours.
extension CurlTransfer {
    func failure(_ result: CURLcode) -> HTTPTransportError {
        if received.isTooLarge { return error(.tooLarge, "the answer is larger than the client takes") }
        return error(Self.code(of: result), Self.message(of: result))
    }

    var cancellation: HTTPTransportError { error(.cancelled, "the caller cancelled the exchange") }

    /// The client ends while the exchange is under way.
    var closure: HTTPTransportError { error(.closed, "the client was shut down") }

    private func error(_ code: HTTPTransportError.Code, _ message: String) -> HTTPTransportError {
        HTTPTransportError(code: code, message: message, wasSent: wasSent)
    }

    private static func message(of result: CURLcode) -> String {
        // WHY: only `maySend` aborts from a callback, and libcurl's own words would tell an operator nothing.
        guard result != CURLE_ABORTED_BY_CALLBACK else { return "the connection ended before an answer came" }
        return String(cString: curl_easy_strerror(result))
    }

    private static func code(of result: CURLcode) -> HTTPTransportError.Code {
        switch result {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
        case CURLE_COULDNT_CONNECT: .connect
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL, CURLE_LOGIN_DENIED: .invalidURL
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
            CURLE_USE_SSL_FAILED:
            .tls
        // WHY: everything else happens on a connection that stood, the refusal to resend among it.
        default: .connectionLost
        }
    }
}
