import Foundation
import HTTPTransport
import Synchronization

/// Endpoints under a test's control, told apart by host.
final class TestEndpoints: HTTPClient {
    enum Behaviour: Sendable {
        case answer(Int, headers: [(String, String)] = [], body: String = "")
        case fail(HTTPTransportError)
        /// Answers 200, but only once it is released.
        case hold
    }

    private struct State {
        var behaviours: [String: Behaviour] = [:]
        var requests: [HTTPRequest] = []
        var held: [String: [CheckedContinuation<Void, Never>]] = [:]
        var waiters: [(isMet: @Sendable ([HTTPRequest]) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    func set(_ host: String, _ behaviour: Behaviour) {
        state.withLock { $0.behaviours[host] = behaviour }
    }

    /// In the order in which they came.
    func requests(to host: String) -> [HTTPRequest] {
        state.withLock { $0.requests.filter { $0.host == host } }
    }

    /// Returns once an endpoint has been called so often.
    func received(_ count: Int, at host: String) async {
        await withCheckedContinuation { continuation in
            let isMet: @Sendable ([HTTPRequest]) -> Bool = { $0.filter { $0.host == host }.count >= count }
            let isThere = state.withLock { state in
                if isMet(state.requests) { return true }
                state.waiters.append((isMet, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func release(_ host: String) {
        let held = state.withLock { state in
            state.behaviours[host] = .answer(200)
            return state.held.removeValue(forKey: host) ?? []
        }
        for continuation in held { continuation.resume() }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (behaviour, met) = state.withLock { state in
            state.requests.append(request)
            let requests = state.requests
            let met = state.waiters.filter { $0.isMet(requests) }
            state.waiters.removeAll { $0.isMet(requests) }
            return (state.behaviours[request.host] ?? .answer(200), met)
        }
        for waiter in met { waiter.continuation.resume() }
        switch behaviour {
        case .answer(let status, let headers, let body):
            return HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
        case .fail(let error): throw error
        case .hold:
            await hold(request.host)
            return HTTPResponse(status: 200)
        }
    }

    private func hold(_ host: String) async {
        await withCheckedContinuation { continuation in
            let isReleased = state.withLock { state in
                guard case .hold = state.behaviours[host] else { return true }
                state.held[host, default: []].append(continuation)
                return false
            }
            if isReleased { continuation.resume() }
        }
    }
}

extension HTTPRequest {
    var host: String { URLComponents(string: url)?.host ?? "" }
}
