import Commerce
import Foundation
import Testing

@Suite("The explanation of a decision about a return")
struct ReturnPolicyExplanationTests {
    private func decision() throws -> ReturnDecision {
        let policy = try makePolicy(
            #""version":7,"calendar":{"time_zone":"America/New_York"},"fees":{"return_shipping_fee":"7.95"},"rules":["#
                + #"{"id":"vip","priority":2,"when":{"customer.tags":["vip"],"order.total_value":{"at_least":"50"}},"#
                + #""then":{"window":60,"restocking_fee_percent":"5"}},"#
                + #"{"id":"bulk","when":{"return.item_count":{"more_than":9}},"then":{"keep_item":true}}]"#)
        return policy.decide { $0.customer.tags = ["VIP"] }
    }

    @Test("shows staff the rule, its conditions, and the values they found")
    func staff() throws {
        let lines = try decision().explanation.staffText.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "The return is approved under version 7.",
                "  Zone rest_of_world: US is where the order was shipped to.",
                "  Line l1 can be returned: the window is open: 60 days from 2026-06-01 (delivered), "
                    + "to the end of 2026-07-31 in America/New_York.",
                "    window is days 60, by rule vip.",
                "      customer.tags is or has any of vip: yes, it is vip",
                "      order.total_value is at least 50.00: yes, it is 60.00",
                "    Rule bulk does not apply.",
                "      return.item_count is more than 9: no, it is 1",
                "  The return shipping fee is 7.95.",
                "  restocking_fee_percent is 5, by rule vip.",
                "    customer.tags is or has any of vip: yes, it is vip",
                "    order.total_value is at least 50.00: yes, it is 60.00",
                "  The refund is not instant.",
            ])
    }

    @Test("tells the customer what concerns them, in sentences")
    func customer() throws {
        #expect(
            try decision().explanation.customerText == """
                Your return is approved.
                This item can be returned until the end of 2026-07-31.
                A fee of 7.95 USD is taken.
                A restocking fee of 5 % is taken.
                """)
    }

    @Test("is kept with the decision, and read back as it was")
    func codable() throws {
        let decision = try decision()
        let data = try JSONEncoder().encode(decision)
        #expect(try JSONDecoder().decode(ReturnDecision.self, from: data) == decision)
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        #expect(object?["policy_version"] as? Int == 7)
        #expect(object?["outcome"] as? String == "approved")
        let line = (object?["lines"] as? [[String: Any]])?.first
        #expect(line?["line_id"] as? String == "l1")
        #expect(line?["sku"] as? String == "ROBE-S")
        #expect(line?["eligible"] as? Bool == true)
        #expect(line?["reason"] as? String == "within_window")
        #expect(line?["rule"] as? String == "vip")
        let window = line?["window"] as? [String: Any]
        #expect(window?["anchor"] as? String == "delivered")
        #expect(window?["closes_at"] as? String == "2026-08-01T03:59:59.000Z")
    }
}
