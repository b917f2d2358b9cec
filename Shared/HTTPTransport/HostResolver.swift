import Foundation
import Synchronization

/// Asks the system's name service for the addresses of a host.
///
/// *Threading*: the question blocks a thread of its own, never the cooperative pool.
/// *Failure*: `HTTPTransportError` `resolve`, `timeout` after the given time, `overloaded`.
public final class HostResolver: Sendable {
    // LIMIT: a thread each; a name server that does not answer holds one for as long as the system waits for it.
    private static let questionsMax = 64

    private let questions = Mutex(0)
    private let timeout: Duration

    public init(timeout: Duration = .seconds(5)) {
        self.timeout = timeout
    }

    /// The addresses in the system's order, in their canonical text.
    public func addresses(of host: String) async throws -> [String] {
        let isFree = questions.withLock { count in
            guard count < Self.questionsMax else { return false }
            count += 1
            return true
        }
        guard isFree else { throw HTTPTransportError.overloaded }
        let answer = FirstAnswer()
        Thread.detachNewThread { [self] in
            let result = Self.ask(host)
            questions.withLock { $0 -= 1 }
            answer.give(result)
        }
        let timer = Task { [timeout] in
            try await Task.sleep(for: timeout)
            answer.give(
                .failure(HTTPTransportError(code: .timeout, message: "no name server answered", wasSent: false)))
        }
        defer { timer.cancel() }
        return try await answer.value()
    }

    private static func ask(_ host: String) -> Result<[String], any Error> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard code == 0 else {
            let words = String(cString: gai_strerror(code))
            return .failure(HTTPTransportError(code: .resolve, message: words, wasSent: false))
        }
        return .success(sequence(first: list, next: { $0?.pointee.ai_next }).compactMap { $0.flatMap(text) })
    }

    private static func text(_ entry: UnsafeMutablePointer<addrinfo>) -> String? {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let info = entry.pointee
        guard
            getnameinfo(
                info.ai_addr, info.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0
        else { return nil }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Whoever answers first; later answers are dropped.
private final class FirstAnswer: Sendable {
    private typealias Continuation = CheckedContinuation<[String], any Error>

    private enum State {
        case open
        case awaited(Continuation)
        case answered(Result<[String], any Error>)
        case done
    }

    private let state = Mutex(State.open)

    func give(_ answer: Result<[String], any Error>) {
        let waiting: Continuation? = state.withLock { state in
            switch state {
            case .open:
                state = .answered(answer)
                return nil
            case .awaited(let continuation):
                state = .done
                return continuation
            case .answered, .done: return nil
            }
        }
        waiting?.resume(with: answer)
    }

    func value() async throws -> [String] {
        try await withCheckedThrowingContinuation { continuation in
            let answer: Result<[String], any Error>? = state.withLock { state in
                guard case .answered(let answer) = state else {
                    state = .awaited(continuation)
                    return nil
                }
                state = .done
                return answer
            }
            if let answer { continuation.resume(with: answer) }
        }
    }
}
