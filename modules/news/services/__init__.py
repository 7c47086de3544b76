"""Write: every change of an article, in one transaction, audited, with its event."""

from modules.news.services.documents import attach_document as attach_document
from modules.news.services.keeping import put_on_top as put_on_top, still_holds as still_holds
from modules.news.services.moving import (
    approve as approve,
    archive as archive,
    bring_back as bring_back,
    call_back as call_back,
    correct as correct,
    reschedule as reschedule,
    send_back as send_back,
    submit as submit,
    take_back as take_back,
)
from modules.news.services.picturing import (
    add_picture as add_picture,
    change_picture as change_picture,
    remove_picture as remove_picture,
)
from modules.news.services.pushing import (
    approve_push as approve_push,
    ask_push as ask_push,
    drop_push as drop_push,
)
from modules.news.services.writing import (
    Conflict as Conflict,
    Content as Content,
    create as create,
    restore as restore,
    save as save,
)
