import Testing

@testable import Returns

@Suite("What a subscription remembers")
struct CancellationNoteTests {
    @Test("a note is read as it was written", arguments: ["2027-04-01", nil])
    func read(date: String?) {
        let note = CancellationNote("ret_1-2", nextChargeDate: date)
        #expect(CancellationNote(reading: note.text, of: "ret_1-2") == note)
    }

    @Test("what was to be said of it is in the note, in one line, and not in the date", arguments: ["2027-04-01", nil])
    func commented(date: String?) {
        let note = CancellationNote("ret_1-2", nextChargeDate: date, comment: " Too many,\n next charge  2020-01-01. ")
        #expect(note.text.hasSuffix(". Too many, next charge 2020-01-01."))
        #expect(CancellationNote(reading: note.text, of: "ret_1-2") == note)
        #expect(CancellationNote(reading: note.text, of: "ret_1") == nil)
    }

    @Test(
        "what others wrote, or another life of the return, is none of ours",
        arguments: [
            nil, "", "too expensive", "Return ret_12", "Return ret_1-2", "Return ret_2, next charge 2027-04-01",
        ])
    func foreign(text: String?) {
        #expect(CancellationNote(reading: text, of: "ret_1") == nil)
    }
}
