import Commerce
import Contracts
import Messaging
import Testing

@testable import Notifications

extension DeliveryTests {
    @Suite("Mails of a workspace whose server is slow")
    struct MailSlotTests {
        @Test("hold a part of the room; those beyond are put off and sent later, and another workspace's go at once")
        func slowServer() async throws {
            try await MailBench.run { bench in
                let places = MailSlots.callsOfOneMax
                bench.server.hold("ana@slow.example")
                @Sendable func send(_ number: Int) async throws -> MailBench.Delivered {
                    try await bench.send(bench.command(to: "ana@slow.example", about: "wty_\(number)"))
                }
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    defer { bench.server.release() }
                    for number in 0..<places { group.addTask { try await send(number).reply != nil } }
                    await bench.server.received(atLeast: places)
                    for number in places..<places + 3 {
                        #expect(try await send(number).reply == nil)
                    }
                    #expect(bench.server.received.count == places)
                    let other = try await bench.send(
                        bench.command(to: "ben@quick.example", about: "wty_1"), in: WorkspaceID())
                    #expect(try other.decoded(SendEmail.Reply.self).outcome == .sent)
                    bench.server.release()
                    for try await hasEnded in group { #expect(hasEnded) }
                }
                for number in places..<places + 3 {
                    #expect(try await send(number).decoded(SendEmail.Reply.self).outcome == .sent)
                }
                #expect(bench.server.received.count == places + 4)
            }
        }
    }
}

@Suite("The line before a slow mail server")
struct MailLineTests {
    private let slots = MailSlots()
    private let workspace = WorkspaceID()
    private let start = ContinuousClock.now

    private func fill() {
        for _ in 0..<MailSlots.callsOfOneMax { #expect(slots.enter(workspace, at: start) == nil) }
    }

    @Test("who finds no place comes back later than the one before, and sooner the faster calls end")
    func spacing() throws {
        fill()
        let first = try #require(slots.enter(workspace, at: start))
        let second = try #require(slots.enter(workspace, at: start))
        #expect(first >= .seconds(1) && second > first)
        slots.leave(workspace, after: .seconds(30), at: start)
        #expect(slots.enter(workspace, at: start) == nil)
        let third = try #require(slots.enter(workspace, at: start))
        #expect(third - second > second - first)
    }

    @Test("nobody is sent away for longer than ten minutes, however long the line")
    func longest() {
        fill()
        let waits = (0..<30_000).compactMap { _ in slots.enter(workspace, at: start) }
        #expect(waits.count == 30_000 && waits.max() == Duration.minutes(10))
    }

    @Test("a place that is given back is free, and one workspace's are none of another's")
    func places() {
        fill()
        #expect(slots.enter(WorkspaceID(), at: start) == nil)
        for _ in 0..<MailSlots.callsOfOneMax { slots.leave(workspace, after: .seconds(1), at: start) }
        fill()
        #expect(slots.enter(workspace, at: start) != nil)
    }
}
