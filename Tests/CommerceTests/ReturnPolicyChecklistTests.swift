import Commerce
import Foundation
import Testing

@Suite("The checklist of a return policy")
struct ReturnPolicyChecklistTests {
    private static let members =
        #""reasons":["wrong_size","torn"],"inspection_checklist":[{"id":"worn","text":"It was not worn."},"#
        + #"{"id":"seam","text":"The seam is torn.","reasons":["torn"]}]"#

    private func asked(_ policy: ReturnPolicy, _ reason: String?) -> [String] {
        policy.inspectionChecklist.filter { $0.isAsked(for: reason) }.map(\.id)
    }

    @Test("an item is asked of all goods, or of those that came back for its reasons, however they are written")
    func reasons() throws {
        let policy = try makePolicy(Self.members)
        #expect(asked(policy, "wrong_size") == ["worn"] && asked(policy, nil) == ["worn"])
        #expect(asked(policy, "TORN") == ["worn", "seam"])
        #expect(policy.asksChecklist(for: nil))
    }

    @Test("a policy without items asks nothing, and one whose items are for a reason asks nothing of other goods")
    func nothing() throws {
        #expect(try !makePolicy().asksChecklist(for: "torn"))
        let policy = try makePolicy(#""inspection_checklist":[{"id":"seam","text":"It is torn.","reasons":["torn"]}]"#)
        #expect(!policy.asksChecklist(for: "wrong_size") && !policy.asksChecklist(for: nil))
        #expect(policy.asksChecklist(for: "torn"))
    }

    @Test("a text longer than a sentence, a long id, and more items than anybody goes through are refused")
    func bounds() {
        func problems(_ items: [String]) -> [ReturnPolicyProblem] {
            let list = items.joined(separator: ",")
            return ReturnPolicy.reading(policyJSON("\"inspection_checklist\":[\(list)]")).problems
        }
        func item(_ id: String, _ text: String) -> String { "{\"id\":\"\(id)\",\"text\":\"\(text)\"}" }
        let wordy = problems([item("a", String(repeating: "x", count: 201)), item("b", "B")])
        #expect(wordy.map(\.code) == [.badValue] && wordy.map(\.field) == ["inspection_checklist[0].text"])
        let long = problems([item(String(repeating: "x", count: 51), "A")])
        #expect(long.map(\.code) == [.badValue] && long.map(\.field) == ["inspection_checklist[0].id"])
        #expect(problems((1...50).map { item("\($0)", "A") }).isEmpty)
        let many = problems((1...51).map { item("\($0)", "A") })
        #expect(many.map(\.code) == [.tooMany] && many.map(\.field) == ["inspection_checklist"])
    }

    @Test("it is written as it is read")
    func document() throws {
        let policy = try makePolicy(Self.members)
        let again = try JSONDecoder().decode(ReturnPolicy.self, from: JSONEncoder().encode(policy))
        #expect(again == policy && again.inspectionChecklist.count == 2)
    }
}
