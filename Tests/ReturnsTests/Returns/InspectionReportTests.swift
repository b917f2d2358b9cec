import Commerce
import Contracts
import Foundation
import Messaging
import Testing
import Views

@testable import Returns

@Suite("What an inspection says beside grade and match")
struct InspectionReportTests {
    private let items = [
        InspectionItem(id: "tags", text: "The tags are on."), InspectionItem(id: "seam", text: "The seam is torn."),
    ]

    private func line(
        grade: String? = "A", _ checklist: [String: ChecklistAnswer]? = nil, photos: [String]? = nil
    ) -> InspectReturn.Line {
        .init(lineID: "1", quantity: 1, grade: grade, matched: true, checklist: checklist, photos: photos)
    }

    private func refusal(_ line: InspectReturn.Line) -> Refusal? {
        let refusal = #expect(throws: Refusal.self) { try InspectionReport(line, asked: items, field: "lines.0") }
        return refusal
    }

    @Test("answers are kept in the policy's order with what was asked")
    func answers() throws {
        let given: [String: ChecklistAnswer] = ["seam": .init(false, note: "It is whole."), "tags": .init(true)]
        let report = try InspectionReport(line(given), asked: items, field: "lines.0")
        #expect(report.isAnswered && report.checklist.map(\.id) == ["tags", "seam"])
        #expect(report.checklist.map(\.passed) == [true, false])
        #expect(report.checklist[1].text == "The seam is torn." && report.checklist[1].note == "It is whole.")
    }

    @Test(
        "a grade without all answers, and answers without all others, are refused with the names of what is missing",
        arguments: [
            ("A", nil, ["tags", "seam"]), ("A", ["tags"], ["seam"]), (nil, ["seam"], ["tags"]),
        ] as [(String?, [String]?, [String])])
    func missing(grade: String?, given: [String]?, missing: [String]) {
        let answers = given.map { ids in
            Dictionary(ids.map { ($0, ChecklistAnswer(true)) }) { first, _ in first }
        }
        let refusal = refusal(line(grade: grade, answers))
        #expect(refusal?.code == "checklist_incomplete" && refusal?.field == "lines.0.checklist")
        for item in items {
            #expect(refusal?.message.contains("'\(item.id)'") == missing.contains(item.id))
        }
    }

    @Test("an answer to what is not asked is refused by its name")
    func unknown() {
        let refusal = refusal(line(["tags": .init(true), "seam": .init(true), "colour": .init(true)]))
        #expect(refusal?.code == "unknown_item" && refusal?.field == "lines.0.checklist.colour")
        #expect(refusal?.message.contains("tags, seam") == true)
    }

    @Test("whoever only says whether goods match answers nothing, and where nothing is asked nothing is missed")
    func notNeeded() throws {
        #expect(try InspectionReport(line(grade: nil), asked: items, field: "").isEmpty)
        #expect(try InspectionReport(line(), asked: [], field: "").isEmpty)
        #expect(try InspectionReport(line([:]), asked: [], field: "").isEmpty)
    }

    @Test("photos are URLs of the web, no more than a person looks at; a note is no report")
    func bounds() throws {
        let photo = "https://example.com/1.jpg"
        let report = try InspectionReport(line(photos: Array(repeating: photo, count: 10)), asked: [], field: "")
        #expect(report.photos.count == 10 && !report.isEmpty && !report.isAnswered)
        #expect(refusal(line(photos: Array(repeating: photo, count: 11)))?.field == "lines.0.photos")
        let bad = refusal(line(photos: [photo, "http://example.com/2.jpg"]))
        #expect(bad?.code == "bad_url" && bad?.field == "lines.0.photos.1")
        let long = ChecklistAnswer(true, note: String(repeating: "x", count: 501))
        #expect(refusal(line(["tags": .init(true), "seam": long]))?.field == "lines.0.checklist.seam.note")
    }

    @Test("the timeline says how many hold, which do not, and how many photos there are")
    func words() {
        func words(_ passed: [Bool], photos: Int) -> String {
            let checklist = passed.enumerated().map {
                ReturnInspection.Item(id: "item\($0)", text: "", passed: $1, note: nil)
            }
            return ReturnInspection(
                at: Date(timeIntervalSince1970: 0), actor: "", lineID: "1", units: [1], grade: .a, matched: true,
                checklist: checklist, photos: Array(repeating: "", count: photos)
            ).words
        }
        #expect(words([true, true], photos: 0) == "checklist: 2 of 2 hold")
        #expect(words([true, false], photos: 2) == "checklist: 1 of 2 hold, not item1; 2 photos")
        #expect(words([], photos: 1) == "1 photo")
    }

    @Test("inspections that builds of before asked for are read as they were written, and are written as before")
    func wire() throws {
        let id = ReturnID()
        let text =
            #"{"lines":[{"grade":"A","line_id":"1","matched":true,"quantity":1}],"return_id":"\#(id)"}"#
        let command = try RawJSON(text: text).decode(InspectReturn.self)
        #expect(command.lines == [line()])
        #expect(try RawJSON(encoding: command).text == text)
    }

    @Test("an answer is true or false, or that with a note")
    func answerForms() throws {
        let text = #"{"a":true,"b":{"passed":false,"note":"torn"},"c":{"passed":true}}"#
        let answers = try RawJSON(text: text).decode([String: ChecklistAnswer].self)
        #expect(answers == ["a": .init(true), "b": .init(false, note: "torn"), "c": .init(true)])
        let again = try RawJSON(encoding: answers).decode([String: ChecklistAnswer].self)
        #expect(again == answers)
        #expect(throws: DecodingError.self) {
            try RawJSON(text: #"{"a":"yes"}"#).decode([String: ChecklistAnswer].self)
        }
    }

    @Test("units are looked at that nobody has, then those whose checklist is open, then the others")
    func turns() throws {
        var units = ReturnUnits(
            (1...3).map {
                ReturnUnit(
                    lineID: "1", number: $0, sku: "ROBE", title: "", reason: nil, stays: false, checklist: .open)
            })
        try units.receive(3, of: "1", as: .received, field: "")
        // The warehouse's grades, and a person's of the third.
        try units.inspect(2, of: "1", grade: .a, matched: true, field: "")
        #expect(try units.inspected(2, of: "1", field: "").map(\.number) == [3, 1])
        try units.inspect(1, of: "1", grade: .b, matched: true, isAnswered: true, field: "")
        #expect(units.all.map(\.isKnown) == [false, false, true] && !units.areKnown)
        try units.inspect(1, of: "1", grade: nil, matched: nil, isAnswered: true, field: "")
        #expect(units.all.map(\.isKnown) == [true, false, true])
        #expect(try units.inspected(3, of: "1", field: "").map(\.number) == [2, 1, 3])
    }
}
