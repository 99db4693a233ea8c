// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workspace/dropped_file.h"

#include <QtCore/QMimeData>
#include <QtCore/QUrl>
#include <QtWidgets/QFileDialog>

namespace atalaya::workspace {

using namespace Qt::Literals::StringLiterals;

QString droppedWorkspaceFile(const QMimeData *mime)
{
    const QList<QUrl> urls = mime->urls();
    if (urls.size() != 1 || !urls.front().isLocalFile())
        return {};
    const QString file = urls.front().toLocalFile();
    return file.endsWith(u".json", Qt::CaseInsensitive) ? file : QString();
}

void askForWorkspaceFile(QWidget *parent, std::function<void(const QString &)> chosen)
{
    auto *dialog = new QFileDialog(parent, QFileDialog::tr("Open a workspace file"), {},
                                   QFileDialog::tr("Workspace files (*.json);;All files (*)"));
    dialog->setObjectName(u"workspaceFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(chosen));
    dialog->open();
}

} // namespace atalaya::workspace
