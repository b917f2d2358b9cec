import HTTPTransport

/// What became of a call, as far as the account's gate needs it.
public struct CallReport: Sendable, Equatable {
    public enum Outcome: String, Sendable, CaseIterable {
        /// A working server answered, whatever it said.
        case answered
        /// No server, no whole answer, or a server that failed.
        case failed
        /// Turned away because of a limit.
        case limited
        /// The call says nothing about the provider: it was given up on here.
        case abandoned
    }

    public var outcome: Outcome
    public var tokensLeft: Double?
    public var retryAfter: Duration?

    public init(_ outcome: Outcome, tokensLeft: Double? = nil, retryAfter: Duration? = nil) {
        self.outcome = outcome
        self.tokensLeft = tokensLeft
        self.retryAfter = retryAfter
    }

    init(_ response: HTTPResponse, _ reading: GateReading) {
        outcome = reading.isLimited ? .limited : response.status >= 500 ? .failed : .answered
        tokensLeft = reading.tokensLeft
        retryAfter = reading.retryAfter
    }

    init(_ error: any Error) {
        switch (error as? HTTPTransportError)?.code {
        case .resolve, .connect, .tls, .timeout, .connectionLost, .noService: self.init(.failed)
        case .tooLarge: self.init(.answered)
        case .invalidURL, .invalidRequest, .cancelled, .overloaded, .closed, nil: self.init(.abandoned)
        }
    }
}
