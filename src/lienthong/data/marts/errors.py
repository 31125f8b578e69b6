"""What can be wrong with files and trees that figures are taken from, each in a sentence."""

from lienthong.kit.errors import Refused, said


class FileUnreadable(Refused):
    sentence = said("Không đọc được tệp {file}. Tệp phải là Parquet hoặc CSV có dòng tiêu đề.")


class ColumnMissing(Refused):
    sentence = said("Bảng {table} thiếu cột {column}: không biết dòng nào thuộc cơ quan hoặc tháng nào.")


class ColumnTwice(Refused):
    sentence = said("Bảng {table} có hai cột cùng là {column}: {first} và {second}. Hãy giữ một cột.")


class BadValue(Refused):
    sentence = said("Cột {column} của bảng {table} có giá trị “{value}”, không phải {kind}.")


class CircularUnits(Refused):
    sentence = said("Cây đơn vị đi vòng: {chain}. Không cơ quan nào có thể ở dưới chính mình.")


class TwoParents(Refused):
    sentence = said("Đơn vị {code} có hai đơn vị cấp trên: {first} và {second}.")


class TableUnknown(Refused):
    sentence = said("Không có bảng “{table}”. Các bảng dùng được: {known}.")


class EngineMissing(Refused):
    sentence = said("Máy này chưa cài {engine}: hãy cài phần mở rộng lienthong[spark] và Java 17.")


class MartUnreadable(Refused):
    sentence = said("Kho số liệu ở {place} không đọc được ({detail}). Hãy chạy lienthong mart build --fresh.")
