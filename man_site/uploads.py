"""What happens to a file that somebody hands in: it stays in memory, or goes nowhere."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from members.pictures import MOST_BYTES


class InMemoryUpToASize(FileUploadHandler):
    """Keep a file in memory. Of one that is too large only its size is kept.

    So the form can say so beside the field, and nobody's disk or memory fills up.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the next part, as long as the whole is not too large."""
        if start + len(raw_data) <= MOST_BYTES:
            self.file.write(raw_data)
        else:
            self.file = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand it to the form, with its true size."""
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
