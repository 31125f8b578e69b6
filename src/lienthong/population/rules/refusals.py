"""Why a record or an act is refused. Facts never hold personal data."""

from lienthong.kit.errors import Refused, said


class UnknownPerson(Refused):
    sentence = said(
        "Không tìm thấy người theo thông tin đã nhập. Hãy xem lại số định danh, hoặc họ tên và ngày sinh."
    )


class NarrowerSearchNeeded(Refused):
    sentence = said("Tìm theo họ tên thì cần thêm ngày sinh (hoặc năm sinh), hoặc xã, phường thường trú.")


class TooManyPeople(Refused):
    sentence = said("Có hơn {most} người trùng họ tên. Hãy nhập thêm ngày sinh hoặc nơi thường trú.")


class BasisNeeded(Refused):
    sentence = said("Hãy ghi căn cứ của việc xem dữ liệu: điều luật, hồ sơ hoặc kế hoạch.")


class RequesterNotAlive(Refused):
    sentence = said(
        "Cơ sở dữ liệu ghi người này đã chết hoặc bị tuyên bố mất tích, nên không lập được tờ khai."
    )


class PersonRefused(Refused):
    """A record of a person cannot be entered as it is. Facts never hold personal data."""


class NameUnusable(PersonRefused):
    sentence = said("Họ, chữ đệm và tên viết bằng chữ cái tiếng Việt hoặc tiếng dân tộc, không có chữ số.")


class BirthInFuture(PersonRefused):
    sentence = said("Ngày sinh không thể sau hôm nay. Hãy xem lại ngày sinh.")


class BirthTooLongAgo(PersonRefused):
    sentence = said("Ngày sinh cách nay hơn {years} năm. Hãy xem lại năm sinh.")


class BirthDayNeeded(PersonRefused):
    sentence = said("Khai sinh cần đủ ngày, tháng, năm sinh.")


class SexContradictsNumber(PersonRefused):
    sentence = said("Giới tính đã khai khác với giới tính trong số định danh cá nhân.")


class BirthContradictsNumber(PersonRefused):
    sentence = said("Năm sinh đã khai khác với năm sinh trong số định danh cá nhân.")


class OldNumberMalformed(PersonRefused):
    sentence = said("Số chứng minh nhân dân cũ gồm đúng 9 chữ số.")


class EthnicityUnknown(PersonRefused):
    sentence = said("Dân tộc không có trong danh mục các dân tộc Việt Nam.")


class RelativeIsOneself(PersonRefused):
    sentence = said("Số định danh của cha, mẹ, vợ hoặc chồng trùng với số của chính người này.")


class ParentOfOtherSex(PersonRefused):
    sentence = said("Số định danh của mẹ phải là số của nữ, của cha phải là số của nam.")


class ParentTooYoung(PersonRefused):
    sentence = said(
        "Cha hoặc mẹ phải sinh trước con ít nhất {years} năm. Hãy xem lại số định danh của cha, mẹ."
    )


class HouseholdUnclear(PersonRefused):
    sentence = said("Ghi cả số định danh của chủ hộ và quan hệ với chủ hộ; chủ hộ thì ghi số của chính mình.")


class HappenedBeforeBirth(PersonRefused):
    sentence = said("Ngày đăng ký thường trú, ngày cấp thẻ, ngày chết không thể trước ngày sinh.")


class DiedAndAlive(PersonRefused):
    sentence = said("Chỉ ghi ngày chết cho người có tình trạng đã chết.")


class SexNeededForNumber(PersonRefused):
    sentence = said("Chưa xác định giới tính thì chưa lập được số định danh cá nhân.")


class NumberTaken(PersonRefused):
    sentence = said("Có số định danh cá nhân đã thuộc về người khác. Không ghi dòng nào.")


class NumbersUsedUp(PersonRefused):
    sentence = said("Chưa lập được số định danh cá nhân còn trống. Hãy báo cơ quan quản lý cơ sở dữ liệu.")


class BirthAlreadyRegistered(PersonRefused):
    sentence = said(
        "Đã có người cùng họ tên, ngày sinh và cùng mẹ trong cơ sở dữ liệu: việc sinh này đã đăng ký."
    )


class SourceUnclear(Refused):
    sentence = said(
        "Hãy ghi nguồn của dữ liệu dưới dạng dossier:mã hồ sơ, register:tên cơ sở dữ liệu, court:số bản án, "
        "decision:số quyết định."
    )


class NothingToChange(Refused):
    sentence = said("Các giá trị đã nhập trùng với cơ sở dữ liệu, không có gì để sửa.")


class FieldNotCorrectable(Refused):
    sentence = said(
        "Trường {field} không sửa được bằng cải chính. Hãy dùng sự kiện hộ tịch, cư trú tương ứng."
    )


class ValueUnusable(Refused):
    sentence = said("Giá trị của trường {field} không dùng được. Hãy xem lại dạng ghi.")


class AttributeUnclear(Refused):
    sentence = said(
        "Tên thông tin bổ sung gồm chữ cái thường không dấu, chữ số và gạch dưới, ví dụ blood_group."
    )


class LifeRefused(Refused):
    """An event cannot have happened as it is told. Facts never hold personal data."""


class EventInFuture(LifeRefused):
    sentence = said("Ngày của sự kiện không thể sau hôm nay.")


class EventBeforeBirth(LifeRefused):
    sentence = said("Ngày của sự kiện trước ngày sinh của người này. Hãy xem lại ngày.")


class DiesTwice(LifeRefused):
    sentence = said(
        "Cơ sở dữ liệu đã ghi người này chết. Ngày chết ghi sai thì cải chính, không khai tử lần nữa."
    )


class MarriesTheDead(LifeRefused):
    sentence = said(
        "Một bên đã chết hoặc bị tuyên bố mất tích vào ngày đăng ký kết hôn, nên không kết hôn được."
    )


class ActsAfterDeath(LifeRefused):
    sentence = said("Cơ sở dữ liệu ghi người này đã chết trước ngày của sự kiện.")


class ActsWhileMissing(LifeRefused):
    sentence = said(
        "Người này đang bị tuyên bố mất tích. Cần quyết định của Tòa án hủy tuyên bố trước (Bộ luật Dân sự, điều 70)."
    )


class ActsWhileAbroad(LifeRefused):
    sentence = said("Người này đã ra nước ngoài định cư. Hãy ghi việc trở về trước.")


class NotMissing(LifeRefused):
    sentence = said("Người này không bị tuyên bố mất tích hay đã chết, nên không có tuyên bố nào để hủy.")


class NotAbroad(LifeRefused):
    sentence = said("Cơ sở dữ liệu không ghi người này ra nước ngoài định cư, nên không ghi việc trở về.")


class MarriesTwice(LifeRefused):
    """Law 52/2014/QH13, article 5, 2 c."""

    sentence = said(
        "Một bên đang có vợ hoặc chồng, nên không đăng ký kết hôn được (Luật 52/2014/QH13, điều 5)."
    )


class UnderMarriageAge(LifeRefused):
    """Law 52/2014/QH13, article 8, 1 a."""

    sentence = said("Chưa đủ tuổi kết hôn: nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi (Luật 52/2014/QH13, điều 8).")


class SameSexNotRecognised(LifeRefused):
    """Law 52/2014/QH13, article 8, 2."""

    sentence = said(
        "Nhà nước không thừa nhận hôn nhân giữa những người cùng giới tính (Luật 52/2014/QH13, điều 8)."
    )


class MarriesKin(LifeRefused):
    """Law 52/2014/QH13, article 5, 2 d, as far as the register holds the parents."""

    sentence = said(
        "Hai bên là cha mẹ và con, hoặc anh chị em, nên không kết hôn được (Luật 52/2014/QH13, điều 5)."
    )


class MarriesOneself(LifeRefused):
    sentence = said("Hãy nhập số định danh của hai người khác nhau.")


class NotMarriedToEachOther(LifeRefused):
    sentence = said("Cơ sở dữ liệu không ghi hai người này là vợ chồng vào ngày ly hôn.")


class PlaceNotThere(LifeRefused):
    sentence = said("{unit} không có vào ngày {day}. Hãy chọn xã, phường theo tên và địa giới của ngày đó.")


class HeadNotThere(LifeRefused):
    sentence = said("Chủ hộ phải là người còn sống, có trong cơ sở dữ liệu và là chủ của hộ đó.")


class ContinuedElsewhere(LifeRefused):
    sentence = said("Số định danh này đã hủy; dữ liệu của người này tiếp tục ở số khác.")


class OriginStays(LifeRefused):
    sentence = said("Không hoàn tác được việc ghi người vào cơ sở dữ liệu. Giá trị sai thì cải chính.")


class UnknownAct(LifeRefused):
    sentence = said("Không tìm thấy việc cần hoàn tác.")


class AlreadyUndone(LifeRefused):
    sentence = said("Việc này đã được hoàn tác trước đó.")


class LaterEventsDepend(LifeRefused):
    sentence = said("Có sự kiện ghi sau dựa vào việc này. Hãy hoàn tác các sự kiện đó trước.")


class CannotMerge(LifeRefused):
    sentence = said(
        "Hai bản ghi trái nhau về giới tính hoặc ngày sinh. Chỉ gộp khi có giấy tờ cho thấy là một người; ghi giấy tờ ấy."
    )


class NewNumberBeforeEvents(LifeRefused):
    """What was recorded under the old number after that day would stand under a number that was no more."""

    sentence = said("Số cũ còn sự kiện ngày {day}. Nhập ngày có số mới không trước ngày này.")


class NumberInRegister(LifeRefused):
    sentence = said("Số mới đã có bản ghi trong dân cư. Hãy so sánh hai bản ghi để gộp.")


class NoNewNumberNeeded(LifeRefused):
    sentence = said(
        "Chỉ lập lại số định danh khi cải chính giới tính hoặc năm sinh (Nghị định 137/2015/NĐ-CP, điều 14)."
    )


class NumberWasCancelled(PersonRefused):
    sentence = said("Số định danh này đã hủy và không cấp lại.")


class RegisterNotEmpty(Refused):
    sentence = said("Chỉ nạp được cả cơ sở dữ liệu khi chưa có người nào. Hãy thêm người theo đợt.")


class RowsRefused(Refused):
    sentence = said("Không nạp dòng nào: {count} dòng sai quy tắc, dòng đầu tiên là dòng {row} ({rule}).")
