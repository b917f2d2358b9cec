import Foundation
import Testing

@testable import CLI

@Suite("Alerts as text")
struct AlertPictureTests {
    @Test("each says what happened, what about, whether Slack has it, and what to type next")
    func lines() throws {
        let json = """
            {"data":[{"id":"alr_1","at":"2026-03-05T17:00:00.000Z","key":"k","title":"A returned parcel has arrived",
              "text":"Ask the\\nwarehouse.","fields":{"return":"ret_1","number":"R-4"},"link":null,
              "next":["stateset returns show ret_1"],"status":"off"},
             {"id":"alr_2","at":"2026-03-05T16:00:00.000Z","key":"k","title":"T","text":"","fields":{},"link":null,
              "next":[],"status":"posted"},
             {"id":"alr_3","at":"2026-03-05T15:00:00.000Z","key":"k","title":"U","text":"","fields":{},"link":null,
              "next":[],"status":"closed"}],"next_cursor":"abc"}
            """
        let page = try JSONDecoder().decode(AlertModel.Page.self, from: Data(json.utf8))
        #expect(
            AlertPicture.lines(page, .plain) == [
                "\(Moment.text("2026-03-05T17:00:00.000Z"))  A returned parcel has arrived", "  Ask the warehouse.",
                "  number R-4  return ret_1  not in Slack, which is not set up", "  stateset returns show ret_1", "",
                "\(Moment.text("2026-03-05T16:00:00.000Z"))  T", "  slack posted", "",
                "\(Moment.text("2026-03-05T15:00:00.000Z"))  U",
                "  not in Slack: its dead letter was discarded or corrected", "", "more: --cursor abc",
            ])
        #expect(AlertPicture.lines(.init(data: []), .plain) == ["no alerts"])
    }
}
