import Foundation
import Testing

@testable import CLI

@Suite("The picture of a warranty claim")
struct WarrantyPictureTests {
    private static let claim = """
        {"id":"wty_1","order_id":"ord_1","registration_id":null,"return_id":"ret_1","saga_id":"sag_1","status":"in_review",
         "status_reason":{"code":"no_fault","message":"No fault was found."},"line_id":"1","sku":"MIE-ROBE-S",
         "title":"Robe","quantity":2,"problem":"defect","description":"It fell\\u001b[2J apart",
         "evidence":[{"url":"https://example.com/a.jpg"}],"wished_remedy":null,
         "coverage":{"outcome":"approved","plan":"robes","starts_on":"2026-03-05","ends_on":"2027-03-05","covered":true,
           "reasons":[],"remedies":["replacement"],"terms_version":1},
         "remedy":"replacement","finding":"no_fault","repair":{"outcome":"unrepairable","note":"torn"},
         "replacement":{"draft_id":"9","name":"#D9","shop_order_id":"55","order_id":"ord_2"},
         "parcel":{"tracking_number":"1ZBACK","carrier":"UPS"},
         "label":{"carrier":"USPS","service":"ground","tracking_number":"9400","country":"US","url":null,"voided":true},
         "refund":{"id":null,"status":"none","amount":null,"currency":null,"error":null,"lines":[],"fees":[],
           "tenders":[]},
         "review_due_at":null,"received_at":null,"created_at":"2026-03-05T17:00:00.000Z",
         "updated_at":"2026-03-05T17:00:00.000Z",
         "timeline":[{"at":"2026-03-05T17:00:00.000Z","type":"warranty.requested","actor":"person:ana",
           "summary":"The claim was made.","external_ref":null}]}
        """

    @Test("a claim is shown with what was said, what covers it, what was found and what helps")
    func aClaim() throws {
        let claim = try JSONDecoder().decode(WarrantyModel.self, from: Data(Self.claim.utf8))
        #expect(
            WarrantyPicture.lines(claim, .plain) == [
                "wty_1  in_review  2 × MIE-ROBE-S, defect",
                "no_fault: No fault was found.",
                "order ord_1  return ret_1",
                "saga sag_1",
                "",
                "  says       It fell·[2J apart",
                "  shows      https://example.com/a.jpg",
                "  coverage   approved  by plan robes  2026-03-05 to 2027-03-05",
                "  label      USPS ground 9400 voided",
                "  finding    no_fault",
                "  remedy     replacement",
                "  repair     unrepairable: torn",
                "  new goods  #D9  shop order 55  ord_2",
                "  sent back  UPS 1ZBACK",
                "",
                "  2026-03-05T17:00:00Z  The claim was made.  person:ana",
            ])
    }
}
