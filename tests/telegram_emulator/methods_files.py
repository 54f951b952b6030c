"""Files: sending them, and getting those that people sent."""

from tests.telegram_emulator import texts
from tests.telegram_emulator.methods_messages import Method, common, target, told
from tests.telegram_emulator.wire import Json, Params, Upload, bad
from tests.telegram_emulator.world import File, World

LARGEST_DOWN, LARGEST_UP, LARGEST_PHOTO = 20 * 2**20, 50 * 2**20, 10 * 2**20


def described(kind: str, file: File, **more: object) -> object:
    """A file as a message names it: a photo in two sizes, anything else once."""
    one: Json = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    size: Json = {"width": 640, "height": 480}
    match kind:
        case "photo":
            small = {
                **one,
                "file_id": f"{file.id}-s",
                "file_unique_id": f"{file.unique_id}s",
                "file_size": 900,
            }
            return [{**small, "width": 90, "height": 67}, {**one, **size}]
        case "document":
            return {**one, "file_name": file.path.partition("-")[2], **more}
        case "voice" | "audio":
            return {**one, "duration": 3, "mime_type": "audio/ogg", **more}
        case "video" | "animation":
            return {**one, **size, "duration": 3, "mime_type": "video/mp4", **more}
        case "video_note":
            return {**one, "length": 240, "duration": 3, **more}
        case "sticker":
            flat = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
            return {**one, **flat, "width": 512, "height": 512, **more}
        case _:
            raise AssertionError(f"no file is a {kind}")


def keep(world: World, upload: Upload, largest: int = LARGEST_UP) -> File:
    """Keeps an upload, unless it is empty or too large."""
    if not upload.data:
        raise bad("file must be non-empty")
    if len(upload.data) > largest:
        raise bad("file is too big")
    return world.add_file(upload.data, upload.name)


def _sender(kind: str) -> Method:
    async def send(world: World, params: Params) -> Json:
        chat = target(world, params)
        upload = params.upload(kind)
        if upload is not None:
            file = keep(world, upload, LARGEST_PHOTO if kind == "photo" else LARGEST_UP)
        elif params.text(kind) in world.files:
            file = world.files[params.text(kind)]
        elif params.text(kind):
            raise bad("wrong remote file identifier specified: can't unserialize it")
        else:
            raise bad(f"there is no {kind} in the request")
        more = {"mime_type": upload.type} if upload is not None and kind == "document" else {}
        fields = {kind: described(kind, file, **more), **texts.text(params, "caption")}
        return told(world.post(chat, {**fields, **common(world, chat, params)}))

    return send


async def get_file(world: World, params: Params) -> Json:
    """getFile: where a file up to 20 MB can be had."""
    file = world.files.get(params.text("file_id").removesuffix("-s"))
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if file.size > LARGEST_DOWN:
        raise bad("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


KINDS = ("photo", "document", "voice", "audio", "video", "animation", "video_note", "sticker")

METHODS: dict[str, Method] = {
    **{f"send{kind.replace('_', '')}": _sender(kind) for kind in KINDS},
    "getfile": get_file,
}
