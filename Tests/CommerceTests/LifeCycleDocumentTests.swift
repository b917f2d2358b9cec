import Commerce
import Testing

@Suite("The published life cycles")
struct LifeCycleDocumentTests {
    static let documents: [LifeCycleDocument] = [.returns, .tickets, .warranties, .refunds]

    /// What the document says of a table, pair by pair.
    private func expectSame<State: DescribedStatus, Event: RawRepresentable & Hashable & Sendable & CaseIterable>(
        _ document: LifeCycleDocument, _ cycle: LifeCycle<State, Event>
    ) where Event.RawValue == String {
        #expect(document.initial == cycle.initial.rawValue)
        #expect(document.statuses.map(\.name) == State.allCases.map(\.rawValue))
        for state in State.allCases {
            let leads = document.transitions.contains { $0.from == state.rawValue }
            #expect(document.statuses.first { $0.name == state.rawValue }?.isFinal == !leads)
            for event in Event.allCases {
                let published = document.transitions.filter { $0.from == state.rawValue && $0.event == event.rawValue }
                let decided = cycle.transition(from: state, on: event)
                #expect(published.map(\.to) == [decided?.to.rawValue].compactMap(\.self))
                #expect(Set(published.flatMap(\.by)) == Set(decided?.who.map(\.rawValue) ?? []))
            }
        }
    }

    @Test("say what the state machines decide by, and nothing else")
    func transitions() {
        expectSame(.returns, ReturnLifeCycle.goodsReturn)
        expectSame(.tickets, TicketLifeCycle.ticket)
        expectSame(.warranties, WarrantyLifeCycle.warrantyClaim)
        expectSame(.refunds, RefundLifeCycle.refund)
    }

    @Test("say of each status what it means", arguments: documents)
    func meanings(document: LifeCycleDocument) {
        for status in document.statuses { #expect(status.meaning.hasSuffix("."), "\(status.name)") }
        #expect(Set(document.statuses.map(\.meaning)).count == document.statuses.count)
    }

    @Test("name what others call a status, and leave out who has no word for it")
    func words() {
        let words = LifeCycleDocument.returns.statuses.first { $0.name == "received" }?.words
        #expect(words?["tickets"] == ["item_received"] && words?["shopify"] == ["OPEN"])
        let exchanged = LifeCycleDocument.returns.statuses.first { $0.name == "exchanged" }?.words
        #expect(exchanged?["shopify"] == nil && exchanged?["loop"] == ["closed"])
        let failed = LifeCycleDocument.refunds.statuses.first { $0.name == "failed" }?.words
        #expect(failed == ["shopify": ["error", "failure"], "stripe": ["canceled", "failed"]])
    }
}
