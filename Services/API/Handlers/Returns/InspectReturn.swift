import Commerce
import Contracts
import Views

extension Endpoint {
    static func inspectReturn(_ verbs: ReturnVerbs) -> Endpoint {
        .post(
            "/returns/{id}/inspect", .returnsWrite,
            .verb(
                "inspectReturn",
                "Of which grade the goods are, whether they are what was sold, and what the policy's checklist asks",
                body: "ReturnInspection", "Return"
            ).versioned
        ) { request in
            let body = try request.decode(Inspection.self)
            return try await verbs.carryOut(.inspect, request) { record in try body.command(for: record) }
        }
    }
}

private struct Inspection: Decodable {
    var lines: [Line]

    struct Line: Decodable {
        var lineID: String?
        var sku: String?
        var quantity: Int
        var grade: String?
        var matched: Bool?
        var checklist: [String: ChecklistAnswer]?
        var photos: [String]?

        enum CodingKeys: String, CodingKey {
            case sku, quantity, grade, matched, checklist, photos
            case lineID = "line_id"
        }
    }

    func command(for record: ReturnRecord) throws(Problem) -> InspectReturn {
        try DockLine.checkCount(lines.count)
        var inspected: [InspectReturn.Line] = []
        for (index, line) in lines.enumerated() {
            inspected.append(try line.inspected(of: record, at: "lines.\(index)"))
        }
        return InspectReturn(returnID: record.id, lines: inspected)
    }
}

extension Inspection.Line {
    fileprivate func inspected(of record: ReturnRecord, at field: String) throws(Problem) -> InspectReturn.Line {
        let dock = DockLine(lineID: lineID, sku: sku, quantity: quantity, field: field)
        try dock.checkQuantity()
        guard grade != nil || matched != nil || checklist?.isEmpty == false else {
            throw .invalid("\(field).grade", "Give 'grade', 'matched' or both, or answers in 'checklist'.")
        }
        if let grade, GoodsGrade(condition: grade) == nil {
            var problem = Problem(
                422, "unknown_grade", "There is no grade '\(grade.prefix(50))'.", field: "\(field).grade")
            problem.allowed = GoodsGrade.words
            throw problem
        }
        return .init(
            lineID: try dock.line(of: record), quantity: quantity, grade: grade, matched: matched, checklist: checklist,
            photos: photos)
    }
}

extension GoodsGrade {
    /// What a grade may be called.
    fileprivate static var words: [String] { allCases.map(\.rawValue) + ["good", "fair", "poor", "damaged"] }
}
