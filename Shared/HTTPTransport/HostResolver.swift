import Foundation
import Synchronization

/// Asks the system's name service for the addresses of a host.
///
/// *Guarantees*: of one name there is one question at a time, whose answer all get who ask meanwhile: a name server that
/// does not answer for its own names takes the room of one from others. One asker has a part of the room at most, however
/// many such names it has.
/// *Threading*: the question blocks a thread of its own, never the cooperative pool.
/// *Failure*: `HTTPTransportError` `resolve`, `timeout` after the given time, `overloaded`.
public final class HostResolver: Sendable {
    // LIMIT: a thread each; a name server that does not answer holds one for as long as the system waits for it.
    static let questionsMax = 64
    /// LIMIT: four askers whose name servers do not answer have to come together before others wait; questions that are
    /// answered take milliseconds.
    static let questionsOfOneMax = 16

    /// A question that is open: whose it is, and who waits for its answer.
    private struct Question {
        var asker: String?
        var waiting: [FirstAnswer] = []
    }

    private let questions = Mutex<[String: Question]>([:])
    private let timeout: Duration
    private let ask: @Sendable (_ host: String) -> Result<[String], any Error>

    public convenience init(timeout: Duration = .seconds(5)) {
        self.init(timeout: timeout, ask: HostResolver.askSystem)
    }

    init(timeout: Duration, ask: @escaping @Sendable (_ host: String) -> Result<[String], any Error>) {
        self.timeout = timeout
        self.ask = ask
    }

    /// The addresses in the system's order, in their canonical text.
    ///
    /// - Parameter asker: whose questions are counted together; nil for nobody's, which only the room bounds.
    public func addresses(of host: String, for asker: String? = nil) async throws -> [String] {
        let answer = FirstAnswer()
        if try enter(answer, for: host, asker) {
            Thread.detachNewThread { [self] in
                let result = ask(host)
                let waiting = questions.withLock { $0.removeValue(forKey: host)?.waiting } ?? []
                for answer in waiting { answer.give(result) }
            }
        }
        let timer = Task { [timeout] in
            try await Task.sleep(for: timeout)
            answer.give(
                .failure(HTTPTransportError(code: .timeout, message: "no name server answered", wasSent: false)))
        }
        defer { timer.cancel() }
        return try await answer.value()
    }

    /// - Returns: whether the question is new.
    private func enter(
        _ answer: FirstAnswer, for host: String, _ asker: String?
    ) throws(HTTPTransportError) -> Bool {
        let isNew: Bool? = questions.withLock { questions in
            let isNew = questions[host] == nil
            guard !isNew || Self.hasRoom(for: asker, beside: questions) else { return nil }
            questions[host, default: Question(asker: asker)].waiting.append(answer)
            return isNew
        }
        guard let isNew else { throw .overloaded }
        return isNew
    }

    private static func hasRoom(for asker: String?, beside questions: [String: Question]) -> Bool {
        guard questions.count < questionsMax else { return false }
        guard let asker else { return true }
        return questions.values.count(where: { $0.asker == asker }) < questionsOfOneMax
    }

    private static func askSystem(_ host: String) -> Result<[String], any Error> {
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
