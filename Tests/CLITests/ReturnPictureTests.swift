import Foundation
import Testing

@testable import CLI

@Suite("The picture of a return and of a ticket")
struct ReturnPictureTests {
    private static let goods = """
        {"id":"ret_1","order_id":"ord_1","ticket_id":"tkt_1","saga_id":"sag_1","status":"in_review",
         "status_reason":{"code":"not_matched","message":"What came in is not what was sold."},
         "resolution":"original_payment","extras":[{"sku":"MUG","quantity":1}],
         "lines":[{"line_id":"l1","sku":"MIE-ROBE-S","title":"Robe","quantity":2,"reason":"wrong_size","received":1,
           "grade":"B","matched":false,"units":[]}],
         "label":{"carrier":"USPS","service":"ground","tracking_number":"9400","country":"US","url":null,"voided":true},
         "decision":{"outcome":"in_review","rule":"big","policy_version":3,
           "reasons":[{"code":"rule","message":"It is large.","rule":"big"}]},
         "refund":{"id":"rfd_1","status":"failed","amount":"80.06","currency":"USD","lines":[],"fees":[],"tenders":[],
           "error":{"code":"declined","message":"The card is closed."}},
         "external_ids":{"netsuite":"77","dcl":"R9"},"review_due_at":null,"received_at":null,
         "created_at":"2026-03-05T17:00:00.000Z","updated_at":"2026-03-05T17:00:00.000Z",
         "timeline":[{"at":"2026-03-05T17:00:00.000Z","type":"return.requested","actor":"person:ana",
           "summary":"Two robes\\u001b[2J.","external_ref":null}]}
        """

    private static let ticket = """
        {"id":"tkt_1","subject":"Return Request - Order #1234","customer_email":"ana@example.com","status":"item_received",
         "custom_fields":{"order_id":"1234","items_to_return":["MIE-ROBE-S"],"original_order_total":149.5},
         "flags":[{"code":"refund_amount_differs","message":"149.00 was said, 80.06 was reckoned."}],
         "return_id":"ret_1","created_at":"2026-03-05T17:00:00.000Z","updated_at":"2026-03-05T17:00:00.000Z"}
        """

    private let goods: ReturnModel
    private let ticket: TicketModel

    init() throws {
        goods = try JSONDecoder().decode(ReturnModel.self, from: Data(Self.goods.utf8))
        ticket = try JSONDecoder().decode(TicketModel.self, from: Data(Self.ticket.utf8))
    }

    @Test("a return is shown with what came in, what was decided, its refund and its history")
    func aReturn() {
        #expect(
            ReturnPicture.lines(goods, .plain) == [
                "ret_1  in_review  original_payment",
                "not_matched: What came in is not what was sold.",
                "order ord_1  ticket tkt_1  dcl R9  netsuite 77",
                "saga sag_1",
                "",
                "  SKU         ASKED  RECEIVED  GRADE  MATCHED  REASON",
                "  MIE-ROBE-S  2      1         B      no       wrong_size",
                "  besides  1 × MUG",
                "",
                "  decision  in_review by big",
                "            It is large.",
                "  label     USPS ground 9400 from US voided",
                "  refund    80.06 USD  failed  rfd_1",
                "            declined: The card is closed.",
                "",
                "  2026-03-05T17:00:00Z  Two robes·[2J.  person:ana",
            ])
    }

    @Test("what the customer shows is named under the lines, safe for a terminal")
    func evidence() {
        var shown = goods
        shown.lines[0].evidence = [
            .init(url: "https://example.com/a.jpg", note: "torn\u{1B}[2J"), .init(url: "https://example.com/b.jpg"),
        ]
        let lines = ReturnPicture.lines(shown, .plain)
        #expect(lines.contains("  shows  MIE-ROBE-S  https://example.com/a.jpg  (torn·[2J)"))
        #expect(lines.contains("  shows  MIE-ROBE-S  https://example.com/b.jpg"))
    }

    @Test("what was not accepted is named under what is kept, safe for a terminal")
    func declined() {
        var part = goods
        part.declined = [.init(sku: "CAP", quantity: 2, message: "worn\u{1B}[2J"), .init(sku: "HAT", quantity: 1)]
        let lines = ReturnPicture.lines(part, .plain)
        #expect(lines.contains("  not accepted  2 × CAP  (worn·[2J)"))
        #expect(lines.contains("  not accepted  1 × HAT"))
    }

    @Test("what inspections said is shown with who said it, and what nobody has answered yet")
    func inspections() {
        var looked = goods
        looked.lines[0].units = [.init(checklist: "answered"), .init(checklist: "open"), .init(checklist: nil)]
        looked.inspections = [
            .init(
                at: "2026-03-06T09:30:00.000Z", actor: "person:bo", lineID: "l1", units: [1], grade: "B",
                matched: false,
                checklist: [
                    .init(id: "tags", text: "The tags are on.", passed: true, note: nil),
                    .init(id: "seam", text: "The seam is whole.", passed: false, note: "torn\u{1B}[2J"),
                ], photos: ["https://example.com/1.jpg"])
        ]
        let lines = ReturnPicture.lines(looked, .plain)
        let start = lines.firstIndex { $0.hasPrefix("  inspected") } ?? lines.startIndex
        #expect(
            Array(lines[start...].prefix(6)) == [
                "  inspected 2026-03-06T09:30:00Z  1 × MIE-ROBE-S, grade B, not as sold  person:bo",
                "            yes  tags: The tags are on.",
                "            no   seam: The seam is whole. (torn·[2J)",
                "            photo  https://example.com/1.jpg",
                "",
                "  checklist 1 × MIE-ROBE-S  not answered yet",
            ])
    }

    @Test("a ticket is shown with its fields, what differs, and what happened to its return")
    func aTicket() throws {
        #expect(
            try TicketPicture.lines(ticket, goods, .plain) == [
                "Return Request - Order #1234  item_received",
                "tkt_1  ana@example.com",
                "return ret_1  order ord_1",
                "",
                "  FIELD                 VALUE",
                "  items_to_return       [\"MIE-ROBE-S\"]",
                "  order_id              1234",
                "  original_order_total  149.5",
                "",
                "  refund_amount_differs: 149.00 was said, 80.06 was reckoned.",
                "",
                "  2026-03-05T17:00:00Z  Two robes·[2J.  person:ana",
            ])
    }

    @Test("a ticket without a return shows what it has")
    func plainTicket() throws {
        var plain = ticket
        (plain.returnID, plain.flags, plain.customFields) = (nil, [], [:])
        let lines = try TicketPicture.lines(plain, nil, .plain)
        #expect(lines == ["Return Request - Order #1234  item_received", "tkt_1  ana@example.com"])
    }
}
