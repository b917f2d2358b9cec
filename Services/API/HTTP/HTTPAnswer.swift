import HTTPTypes
import Hummingbird
import Messaging
import NIOCore

/// Answers and problems as HTTP responses.
enum HTTPAnswer {
    static func response(_ answer: APIAnswer, requestID: String) -> Response {
        // WHY: a problem that is repeated for an Idempotency-Key comes as an answer.
        let type = answer.status >= 400 ? problemType : "application/json"
        var whole = answer.file.map(fileResponse) ?? response(answer.status, answer.body.text, type: type)
        whole.headers[.requestID] = requestID
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) { whole.headers[name] = header.value }
        }
        return whole
    }

    static func response(_ problem: Problem, requestID: String) -> Response {
        var response = response(problem.status, problem.json(requestID: requestID).text, type: problemType)
        response.headers[.requestID] = requestID
        if problem.status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
        if problem.status == 503 { response.headers[.retryAfter] = "1" }
        return response
    }

    static func response(_ status: Int, _ text: String, type: String) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func fileResponse(_ file: Document) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: file.contentType, .contentDisposition: "attachment; filename=\"\(file.name)\"",
                .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    private static let problemType = "application/problem+json"
}
