({
  heard: function (component, event, helper) {
    console.log("heard WorkFlagUpdated");
    console.log("workId = " + event.getParam("workId"));
    console.log("isFlagged = " + event.getParam("isFlagged"));
    console.log("message = " + event.getParam("message"));
    console.log("roleUpdatedBy = " + event.getParam("roleUpdatedBy"));
    console.log("updatedBy = " + event.getParam("updatedBy"));
  }
})
