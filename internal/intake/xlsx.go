package intake

import (
	"bufio"

	"rabta/internal/fault"
)

// openWorkbook opens an XLSX file.
func (n *noun) openWorkbook(_ *bufio.Reader) (*sheet, func(), error) {
	return nil, nil, fault.New(fault.Malformed, "intake.open", "Workbooks are not read yet. Save the sheet as CSV and give that.")
}
