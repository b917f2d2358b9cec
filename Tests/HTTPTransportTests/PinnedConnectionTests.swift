import Foundation
import Synchronization
import Testing

@testable import HTTPTransport

@Suite("A connection to a given address")
struct PinnedConnectionTests {
    @Test("goes there whatever the host is, and says the host's own name")
    func pinned() async throws {
        let server = try ScriptedServer { _ in ok() }
        defer { server.stop() }
        var request = HTTPRequest(method: "POST", url: "http://hook.invalid:\(server.port)/a", body: [1])
        request.connectAddress = "127.0.0.1"
        #expect(try await CurlHTTPClient().send(request).status == 200)
        #expect(server.requests.first?.headers["host"] == "hook.invalid:\(server.port)")
    }

    @Test("is not one that was made for the same name to elsewhere")
    func notReused() async throws {
        let server = try ScriptedServer { _ in ok() }
        defer { server.stop() }
        let client = CurlHTTPClient()
        var request = HTTPRequest(method: "POST", url: "http://hook.invalid:\(server.port)/a", body: [1])
        request.connectAddress = "127.0.0.1"
        _ = try await client.send(request)
        request.connectAddress = "127.0.0.2"
        request.timeout = .seconds(5)
        let failed = request
        // Nobody listens there; that it fails shows that the first connection was not taken.
        let error = try await failure { try await client.send(failed) }
        #expect(error.code == .connect && !error.wasSent)
        #expect(server.requests.count == 1)
    }

    @Test("is refused to what is no address", arguments: ["example.com", "127.1", "0x7f000001", "", "::1%lo"])
    func malformed(address: String) async throws {
        var request = HTTPRequest(method: "GET", url: "http://hook.invalid/")
        request.connectAddress = address
        let given = request
        #expect(try await failure { try await CurlHTTPClient().send(given) }.code == .invalidRequest)
    }

    @Test("a long answer is cut at the limit where that is asked for, and its status stands")
    func cut() async throws {
        let server = try ScriptedServer { _ in okBytes(Array(repeating: 65, count: 300_000)) }
        defer { server.stop() }
        var limits = HTTPLimits()
        limits.responseBytes = 1000
        let client = CurlHTTPClient(limits: limits)
        var request = HTTPRequest(method: "POST", url: server.url, body: [1])
        let plain = request
        #expect(try await failure { try await client.send(plain) }.code == .tooLarge)
        request.cutsLongAnswer = true
        let answer = try await client.send(request)
        #expect(answer.status == 200 && answer.body == Array(repeating: 65, count: 1000))
    }

    @Test("names are resolved to addresses in their plain text; a name of nobody is a failure")
    func resolver() async throws {
        #expect(try await HostResolver().addresses(of: "127.0.0.1") == ["127.0.0.1"])
        await #expect(throws: HTTPTransportError.self) { try await HostResolver().addresses(of: "nobody.invalid") }
    }

    @Test("who asks for a name that is being asked for waits for that answer, and takes no room of others")
    func sharedQuestion() async throws {
        let (asked, release) = (AskedNames(), DispatchSemaphore(value: 0))
        let resolver = HostResolver(timeout: .milliseconds(1)) { host in
            asked.append(host)
            if host == "slow.example" { release.wait() }
            return .success(["93.184.216.34"])
        }
        for _ in 0...HostResolver.questionsMax {
            let error = await #expect(throws: HTTPTransportError.self) {
                try await resolver.addresses(of: "slow.example")
            }
            #expect(error?.code == .timeout)
        }
        #expect(asked.all == ["slow.example"])
        release.signal()
    }

    @Test("one asker whose name servers do not answer takes a part of the room only")
    func askers() async throws {
        let release = DispatchSemaphore(value: 0)
        let resolver = HostResolver(timeout: .milliseconds(1)) { host in
            if host.hasPrefix("slow") { release.wait() }
            return .success([host])
        }
        for number in 0..<HostResolver.questionsOfOneMax {
            let error = await #expect(throws: HTTPTransportError.self) {
                try await resolver.addresses(of: "slow\(number).example", for: "a")
            }
            #expect(error?.code == .timeout)
        }
        let refused = await #expect(throws: HTTPTransportError.self) {
            try await resolver.addresses(of: "one-more.example", for: "a")
        }
        #expect(refused?.code == .overloaded)
        let other = await #expect(throws: HTTPTransportError.self) {
            try await resolver.addresses(of: "slow.example", for: "b")
        }
        #expect(other?.code == .timeout)
        for _ in 0...HostResolver.questionsOfOneMax { release.signal() }
    }

    @Test("an answer is of its own question only: the next one is asked anew, and too many at once are refused")
    func questions() async throws {
        let (asked, release) = (AskedNames(), DispatchSemaphore(value: 0))
        let resolver = HostResolver(timeout: .seconds(60)) { host in
            asked.append(host)
            if host.hasPrefix("slow") { release.wait() }
            return .success([host])
        }
        #expect(try await resolver.addresses(of: "a.example") == ["a.example"])
        #expect(try await resolver.addresses(of: "a.example") == ["a.example"])
        #expect(asked.all == ["a.example", "a.example"])
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0...HostResolver.questionsMax {
                group.addTask {
                    do {
                        return try await resolver.addresses(of: "slow\(number).example").count
                    } catch let error as HTTPTransportError where error.code == .overloaded {
                        // The others hold all the room there is until now.
                        for _ in 0..<HostResolver.questionsMax { release.signal() }
                        return 0
                    }
                }
            }
            var answered = 0
            for try await count in group { answered += count }
            #expect(answered == HostResolver.questionsMax)
        }
    }
}

/// The names that were asked for, in their order.
private final class AskedNames: Sendable {
    private let names = Mutex<[String]>([])

    var all: [String] { names.withLock { $0 } }

    func append(_ name: String) { names.withLock { $0.append(name) } }
}
