import Commerce
import Testing

@Suite("What a return policy asks and nothing tells yet")
struct ReturnPolicyUntoldTests {
    private func untold(_ members: String) throws -> [ReturnPolicyProblem] {
        let untold = try makePolicy(members).untold
        #expect(untold.allSatisfy { $0.code == .untoldFact && $0.severity == .warning })
        return untold
    }

    @Test("every condition on it is warned of with its rule and its place, and no other condition")
    func conditions() throws {
        for field in ConditionVocabulary.fields {
            let example = try #require(ReturnPolicyVocabularyTests.examples[field.name])
            let found = try untold(
                #""rules":[{"id":"r","when":{"\#(field.name)":\#(example.hit)},"then":{"keep_item":true}}]"#)
            let expected = ConditionVocabulary.untold.contains(field.name) ? ["rules[0].when.\(field.name)"] : []
            #expect(found.map(\.field) == expected)
            #expect(found.allSatisfy { $0.rule == "r" })
        }
        #expect(ConditionVocabulary.untold.isSubset(of: ConditionVocabulary.fields.map(\.name)))
    }

    @Test("lists of tags, types and collections are warned of; SKUs, codes and gift cards are told")
    func lists() throws {
        let lists = #"{"tags":["a"],"types":["robes"],"collections":["c"],"skus":["S"],"discount_codes":["D"]}"#
        let found = try untold(#""final_sale":\#(lists)"#)
        #expect(found.map(\.field) == ["final_sale.tags", "final_sale.types", "final_sale.collections"])
        #expect(try untold(#""non_returnable":{"types":["Gift Card"],"skus":["S"]}"#) == [])
        let rule = #""rules":[{"id":"r","when":{"product.type":"gift card"},"then":{"reject":true}}]"#
        #expect(try untold(rule) == [])
    }

    @Test("it says that returns are reviewed for it where the policy wants that")
    func consequence() throws {
        let list = #""final_sale":{"tags":["a"]}"#
        #expect(try untold(list).allSatisfy { $0.message.contains("are reviewed") })
        #expect(try untold(list + #","unknown_facts":"ignore""#).allSatisfy { !$0.message.contains("reviewed") })
    }
}
