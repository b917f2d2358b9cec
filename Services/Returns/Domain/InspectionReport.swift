import Commerce
import Contracts
import Messaging
import Views

/// What an inspection says of goods beside grade and match, held against what the policy asks of them: pure.
struct InspectionReport: Sendable, Equatable {
    // LIMIT: as many photos as a person looks at; a note is no report.
    static let photosMax = 10
    static let noteCharactersMax = 500

    /// The answers in the policy's order; all of those that are asked for, or none.
    let checklist: [ReturnInspection.Item]
    let photos: [String]

    var isEmpty: Bool { checklist.isEmpty && photos.isEmpty }
    var isAnswered: Bool { !checklist.isEmpty }

    /// - Parameters:
    ///   - items: what the policy asks of the goods. Whoever only says whether they match need not answer it.
    ///   - field: where the line stands.
    /// Failure: a ``Refusal`` that names the items without an answer, or what is wrong.
    init(_ line: InspectReturn.Line, asked items: [InspectionItem], field: String) throws(Refusal) {
        let answers = line.checklist ?? [:]
        try Self.checkKnown(answers, items, field)
        try Self.checkNotes(answers, field)
        photos = try Self.checked(line.photos ?? [], field)
        guard line.grade != nil || !answers.isEmpty else {
            checklist = []
            return
        }
        let missing = items.filter { answers[$0.id] == nil }
        guard missing.isEmpty else {
            let names = missing.map { "'\($0.id)' (\($0.text))" }.joined(separator: ", ")
            throw Refusal(
                code: "checklist_incomplete", message: "The checklist has no answer to \(names).",
                field: "\(field).checklist")
        }
        checklist = items.compactMap { item in
            answers[item.id].map { answer in
                ReturnInspection.Item(id: item.id, text: item.text, passed: answer.passed, note: answer.note)
            }
        }
    }

    private static func checkKnown(
        _ answers: [String: ChecklistAnswer], _ items: [InspectionItem], _ field: String
    ) throws(Refusal) {
        let unknown = answers.keys.sorted().first { id in !items.contains { $0.id == id } }
        guard let id = unknown.map({ String($0.prefix(50)) }) else { return }
        let known = items.isEmpty ? "nothing" : items.map(\.id).joined(separator: ", ")
        throw Refusal(
            code: "unknown_item", message: "The policy does not ask '\(id)' of these goods; it asks \(known).",
            field: "\(field).checklist.\(id)")
    }

    private static func checkNotes(_ answers: [String: ChecklistAnswer], _ field: String) throws(Refusal) {
        let long = answers.keys.sorted().first { (answers[$0]?.note?.count ?? 0) > noteCharactersMax }
        guard let long else { return }
        throw Refusal(
            code: "too_long", message: "A note has at most \(noteCharactersMax) characters.",
            field: "\(field).checklist.\(long).note")
    }

    private static func checked(_ photos: [String], _ field: String) throws(Refusal) -> [String] {
        guard photos.count <= photosMax else {
            throw Refusal(code: "too_many", message: "Give at most \(photosMax) photos.", field: "\(field).photos")
        }
        for (index, photo) in photos.enumerated() where !PictureURL.isAcceptable(photo) {
            throw .badURL(field: "\(field).photos.\(index)")
        }
        return photos
    }
}

extension ReturnInspection {
    /// For the timeline, e.g. `checklist: 2 of 3 hold, not seam; 1 photo`.
    var words: String {
        let failed = checklist.filter { !$0.passed }.map(\.id)
        let held = "checklist: \(checklist.count - failed.count) of \(checklist.count) hold"
        let answers = failed.isEmpty ? held : "\(held), not \(failed.joined(separator: ", "))"
        let pictures = photos.count == 1 ? "1 photo" : "\(photos.count) photos"
        return [checklist.isEmpty ? nil : answers, photos.isEmpty ? nil : pictures].compactMap(\.self)
            .joined(separator: "; ")
    }
}
